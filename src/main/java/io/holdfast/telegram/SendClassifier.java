package io.holdfast.telegram;

import io.holdfast.channel.OutcomeClass;
import io.holdfast.channel.SendOutcome;
import io.holdfast.channel.SendOutcome.Delivered;
import io.holdfast.channel.SendOutcome.Parked;
import io.holdfast.channel.SendOutcome.RetryAt;
import io.holdfast.channel.SendOutcome.Suppressed;
import io.holdfast.channel.SendOutcome.SuspendBot;
import io.holdfast.channel.SendOutcome.Uncertain;
import io.holdfast.telegram.ApiAnswer.Answered;
import io.holdfast.telegram.ApiAnswer.Broken;
import io.holdfast.telegram.ApiAnswer.Phase;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says what the end of one call means for the message: one of nine classes, or delivered.
 *
 * <p>Decided by error code and parameters; the text is only asked where a code has several meanings. Where nobody can know
 * whether the message was taken, it is uncertain, unless the method may be repeated freely.
 */
final class SendClassifier {
    private static final Duration LONGEST_BACKOFF = Duration.ofMinutes(5);
    private static final long LONGEST_PAUSE_SECONDS = 24L * 60 * 60;
    private static final long PAUSE_WITHOUT_FIGURE_SECONDS = 5;
    private static final Pattern RETRY_AFTER_TEXT = Pattern.compile("retry after ([0-9]{1,6})");
    private static final Set<String> REPEATABLE_PREFIXES = Set.of("edit", "delete", "answer", "set", "get");
    private static final Set<String> REPEATABLE = Set.of("sendChatAction", "sendMessageDraft", "sendRichMessageDraft");

    private SendClassifier() {}

    /** True where calling twice has the effect of calling once. */
    static boolean repeatable(String method) {
        return REPEATABLE.contains(method) || REPEATABLE_PREFIXES.stream().anyMatch(method::startsWith);
    }

    /** {@code attempt} is 1 for the first call of a message; {@code random} gives the jitter. */
    static SendOutcome classify(String method, ApiAnswer answer, int attempt, RandomGenerator random) {
        return switch (answer) {
            case Broken broken ->
                broken.phase() == Phase.NOT_SENT
                        ? notSent(broken.reason(), attempt)
                        : uncertain(method, broken.reason(), attempt);
            case Answered answered ->
                ApiReply.read(answered.body())
                        .map(reply -> byReply(method, answered, reply, attempt, random))
                        .orElseGet(() -> byStatus(method, answered, attempt, random));
        };
    }

    private static SendOutcome byReply(
            String method, Answered answered, ApiReply reply, int attempt, RandomGenerator random) {
        int status = answered.status();
        if (reply.ok()) {
            return status >= 200 && status < 300
                    ? new Delivered(reply.messageId())
                    : uncertain(method, "ok with HTTP status " + status, attempt);
        }
        Integer given = reply.errorCode();
        int code = given != null ? given : status;
        String reason = code + " " + reply.description();
        if (reply.migrateTo() != null) {
            return new Parked(OutcomeClass.MIGRATED, "the chat is now " + reply.migrateTo());
        }
        return switch (code) {
            case 429 -> rateLimit(answered, reply, random);
            case 401 -> new SuspendBot(reason);
            case 404 ->
                reply.description().equals("Not Found")
                        ? new SuspendBot(reason)
                        : new Parked(OutcomeClass.PERMANENT, reason);
            case 403 -> new Suppressed(reason);
            case 409 -> new Parked(OutcomeClass.CONFLICT, reason);
            case 400 -> badRequest(reason, reply.description().toLowerCase(Locale.ROOT));
            default -> other(method, code, reason, reply, attempt);
        };
    }

    private static SendOutcome other(String method, int code, String reason, ApiReply reply, int attempt) {
        if (code < 500) {
            return new Parked(OutcomeClass.PERMANENT, reason);
        }
        return code == 500 && reply.description().toLowerCase(Locale.ROOT).contains("restart")
                ? notSent(reason, attempt)
                : uncertain(method, reason, attempt);
    }

    private static SendOutcome badRequest(String reason, String text) {
        if (text.contains("message is not modified")) {
            return new Delivered(null);
        }
        return switch (BadRequest.of(text)) {
            case CONTENT -> new Parked(OutcomeClass.CONTENT, reason);
            case RECIPIENT -> new Suppressed(reason);
            case OTHER -> new Parked(OutcomeClass.PERMANENT, reason);
        };
    }

    /** No answer of the Bot API: something before it spoke, or it was cut off. */
    private static SendOutcome byStatus(String method, Answered answered, int attempt, RandomGenerator random) {
        int status = answered.status();
        String reason = "HTTP status " + status + " without an answer of the Bot API";
        if (status == 429) {
            Integer header = answered.retryAfterHeader();
            return pause(header == null ? PAUSE_WITHOUT_FIGURE_SECONDS : header, reason, random);
        }
        if (status == 413) {
            return new Parked(OutcomeClass.PERMANENT, reason);
        }
        // A proxy's redirect or refusal is no word about the token or the recipient, and never reached the API.
        return status >= 300 && status < 500 ? notSent(reason, attempt) : uncertain(method, reason, attempt);
    }

    private static SendOutcome rateLimit(Answered answered, ApiReply reply, RandomGenerator random) {
        String reason = "429 " + reply.description();
        Long told = reply.retryAfter();
        if (told != null) {
            return pause(told, reason, random);
        }
        Integer header = answered.retryAfterHeader();
        if (header != null) {
            return pause(header, reason, random);
        }
        Matcher text = RETRY_AFTER_TEXT.matcher(reply.description());
        return pause(text.find() ? Long.parseLong(text.group(1)) : PAUSE_WITHOUT_FIGURE_SECONDS, reason, random);
    }

    private static RetryAt pause(long seconds, String reason, RandomGenerator random) {
        Duration after =
                Duration.ofSeconds(Math.min(LONGEST_PAUSE_SECONDS, seconds)).plusMillis(random.nextLong(200, 1001));
        return new RetryAt(OutcomeClass.RATE_LIMIT, after, false, reason);
    }

    private static SendOutcome notSent(String reason, int attempt) {
        return new RetryAt(OutcomeClass.NOT_SENT, backoff(attempt), true, reason);
    }

    private static SendOutcome uncertain(String method, String reason, int attempt) {
        return repeatable(method)
                ? new RetryAt(OutcomeClass.UNCERTAIN, backoff(attempt), true, reason)
                : new Uncertain(reason);
    }

    /** 1 s, 2 s, 4 s and so on, to five minutes. */
    static Duration backoff(int attempt) {
        Duration wait = Duration.ofSeconds(1L << Math.clamp(attempt - 1L, 0, 20));
        return wait.compareTo(LONGEST_BACKOFF) < 0 ? wait : LONGEST_BACKOFF;
    }
}
