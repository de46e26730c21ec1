package io.holdfast.telegram;

import com.pengrad.telegrambot.model.User;
import com.pengrad.telegrambot.model.WebhookInfo;
import com.pengrad.telegrambot.request.BaseRequest;
import com.pengrad.telegrambot.request.DeleteWebhook;
import com.pengrad.telegrambot.request.GetMe;
import com.pengrad.telegrambot.request.GetWebhookInfo;
import com.pengrad.telegrambot.request.SetMyCommands;
import com.pengrad.telegrambot.request.SetWebhook;
import com.pengrad.telegrambot.response.BaseResponse;
import com.pengrad.telegrambot.response.GetMeResponse;
import com.pengrad.telegrambot.response.GetWebhookInfoResponse;
import com.pengrad.telegrambot.utility.BotUtils;
import io.holdfast.channel.BotApi;
import io.holdfast.channel.BotToken;
import io.holdfast.telegram.ApiAnswer.Answered;
import io.holdfast.telegram.ApiAnswer.Broken;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The calls about a bot itself: the library's typed requests and answers, over our own HTTP.
 *
 * <p>An answer of 500 and above is no word of the API about the bot: Unreachable. Only getUpdates and the outbox's sends are
 * written and read as raw JSON: offsets have 64 bits, and the bytes of an update are kept as they came.
 */
@ApplicationScoped
class TelegramBotApi implements BotApi {
    private static final int MAX_CONNECTIONS = 40;
    private static final int MOST_COMMANDS = 100;
    private static final Duration POLL_MARGIN = Duration.ofSeconds(10);

    @Inject
    TelegramCalls calls;

    @Override
    public Answer<Identity> getMe(BotToken token) {
        return typed(token, new GetMe(), GetMeResponse.class, response -> {
            User me = response.user();
            return me == null ? null : new Identity(me.id(), orEmpty(me.username()), orEmpty(me.firstName()));
        });
    }

    @Override
    public Answer<Webhook> getWebhookInfo(BotToken token) {
        return typed(token, new GetWebhookInfo(), GetWebhookInfoResponse.class, response -> {
            WebhookInfo info = response.webhookInfo();
            if (info == null) {
                return null;
            }
            Integer pending = info.pendingUpdateCount();
            String url = orEmpty(info.url());
            return new Webhook(url.isEmpty() ? null : url, pending == null ? 0 : pending, info.lastErrorMessage());
        });
    }

    @Override
    public Answer<Boolean> setWebhook(BotToken token, String url, String secret) {
        SetWebhook request = new SetWebhook()
                .url(url)
                .secretToken(secret)
                .maxConnections(MAX_CONNECTIONS)
                .allowedUpdates(UpdateKinds.ALL.toArray(String[]::new))
                .dropPendingUpdates(false);
        return done(token, request);
    }

    @Override
    public Answer<Boolean> deleteWebhook(BotToken token) {
        return done(token, new DeleteWebhook().dropPendingUpdates(false));
    }

    @Override
    public Answer<Boolean> setCommands(BotToken token, Map<String, List<Command>> commandsByLanguage) {
        for (Map.Entry<String, List<Command>> menu : commandsByLanguage.entrySet()) {
            var commands = menu.getValue().stream()
                    .limit(MOST_COMMANDS)
                    .map(command -> new com.pengrad.telegrambot.model.BotCommand(command.name(), command.description()))
                    .toArray(com.pengrad.telegrambot.model.BotCommand[]::new);
            SetMyCommands request = new SetMyCommands(commands);
            if (!menu.getKey().isEmpty()) {
                request.languageCode(menu.getKey());
            }
            Answer<Boolean> answer = done(token, request);
            if (!(answer instanceof Answer.Success)) {
                return answer;
            }
        }
        return new Answer.Success<>(true);
    }

    @Override
    public Answer<List<byte[]>> getUpdates(BotToken token, long offset, int limit, int timeoutSeconds) {
        Map<String, Object> parameters =
                Map.of("offset", offset, "limit", limit, "timeout", timeoutSeconds, "allowed_updates", UpdateKinds.ALL);
        Duration deadline = Duration.ofSeconds(timeoutSeconds).plus(POLL_MARGIN);
        ApiAnswer answer = calls.poll(token, "getUpdates", utf8(BotUtils.toJson(parameters)), deadline);
        return read(answer, UpdateSlices::of);
    }

    private Answer<Boolean> done(BotToken token, BaseRequest<?, ? extends BaseResponse> request) {
        return read(calls.call(token, request.getMethod(), parameters(request)), body -> Optional.of(true));
    }

    private <R extends BaseResponse, T> Answer<T> typed(
            BotToken token, BaseRequest<?, R> request, Class<R> type, Function<R, @Nullable T> value) {
        ApiAnswer answer = calls.call(token, request.getMethod(), parameters(request));
        return read(answer, body -> typedValue(body, type, value));
    }

    private static <R, T> Optional<T> typedValue(byte[] body, Class<R> type, Function<R, @Nullable T> value) {
        try {
            return Optional.ofNullable(value.apply(BotUtils.fromJson(new String(body, StandardCharsets.UTF_8), type)));
        } catch (RuntimeException e) {
            // Another shape than the library's types; what it says quotes the answer.
            return Optional.empty();
        }
    }

    private static <T> Answer<T> read(ApiAnswer answer, Function<byte[], Optional<T>> value) {
        return switch (answer) {
            case Broken broken -> new Answer.Unreachable<>(broken.timeout(), broken.reason());
            case Answered answered ->
                ApiReply.read(answered.body())
                        .map(reply -> read(answered, reply, value))
                        .orElseGet(() -> unusable(answered.status()));
        };
    }

    private static <T> Answer<T> read(Answered answered, ApiReply reply, Function<byte[], Optional<T>> value) {
        Integer given = reply.errorCode();
        int code = given != null ? given : answered.status();
        if (reply.ok() && answered.status() < 300) {
            return value.apply(answered.body())
                    .<Answer<T>>map(Answer.Success::new)
                    .orElseGet(() -> unusable(answered.status()));
        }
        return reply.ok() || code >= 500 ? unusable(code) : new Answer.Refused<>(code, reply.description());
    }

    private static <T> Answer<T> unusable(int status) {
        return new Answer.Unreachable<>(false, "status " + status + " without a usable answer");
    }

    private static byte[] parameters(BaseRequest<?, ?> request) {
        return utf8(BotUtils.toJson(request.getParameters()));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
