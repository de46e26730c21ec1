package io.holdfast.channel;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The calls about a bot itself: who it is, where its updates go, which commands it shows.
 *
 * <p>Each blocks for at most the call deadline and never runs inside a transaction. Every failure is an {@link Answer}; no
 * token is in any text.
 */
public interface BotApi {

    /** What came back: a value, a refusal by the channel, or no answer. */
    sealed interface Answer<T> {
        record Success<T>(T value) implements Answer<T> {}

        /** The channel said no. {@code code} is its error code, 401 for a token it does not accept. */
        record Refused<T>(int code, String description) implements Answer<T> {
            /** True where it is the token that the channel does not accept; Telegram says 404 of one that never was. */
            public boolean ofToken() {
                return code == 401 || code == 404;
            }
        }

        /** There was no usable answer; {@code timeout} tells waiting in vain from a broken connection. */
        record Unreachable<T>(boolean timeout, String reason) implements Answer<T> {}
    }

    record Identity(long id, String username, String name) {}

    record Webhook(
            @Nullable String url,
            int pendingUpdates,
            @Nullable String lastError) {}

    record Command(String name, String description) {}

    Answer<Identity> getMe(BotToken token);

    Answer<Webhook> getWebhookInfo(BotToken token);

    Answer<Boolean> setWebhook(BotToken token, String url, String secret);

    Answer<Boolean> deleteWebhook(BotToken token);

    /** Replaces the command menus: two-letter language code to its commands, the empty string for the default list. */
    Answer<Boolean> setCommands(BotToken token, Map<String, List<Command>> commandsByLanguage);

    /** Long-polls for updates; each element is the raw JSON of one update. Confirms all updates below {@code offset}. */
    Answer<List<byte[]>> getUpdates(BotToken token, long offset, int limit, int timeoutSeconds);
}
