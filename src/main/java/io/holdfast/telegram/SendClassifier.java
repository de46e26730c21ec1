package io.holdfast.telegram;

import io.holdfast.channel.Amendment;
import io.holdfast.channel.OutboundCall;
import io.holdfast.channel.OutcomeClass;
import io.holdfast.channel.SendOutcome;
import io.holdfast.channel.SendOutcome.Amended;
import io.holdfast.channel.SendOutcome.Delivered;
import io.holdfast.channel.SendOutcome.Migrated;
import io.holdfast.channel.SendOutcome.Parked;
import io.holdfast.channel.SendOutcome.RetryAt;
import io.holdfast.channel.SendOutcome.Suppressed;
import io.holdfast.channel.SendOutcome.SuspendBot;
import io.holdfast.channel.SendOutcome.TooLate;
import io.holdfast.channel.SendOutcome.Uncertain;
import io.holdfast.resilience.Backoff;
import io.holdfast.telegram.ApiAnswer.Answered;
import io.holdfast.telegram.ApiAnswer.Broken;
import io.holdfast.telegram.ApiAnswer.Phase;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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
    /** The first three attempts after 1, 2 and 4 s, then doubling to five minutes; the message's deadline ends it. */
    private static final Backoff PAUSES = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5), 0.2);

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

    /** {@code random} gives the jitter. */
    static SendOutcome classify(OutboundCall call, ApiAnswer answer, RandomGenerator random) {
        return switch (answer) {
            case Broken broken ->
                broken.phase() == Phase.NOT_SENT
                        ? notSent(broken.reason(), call, random)
                        : uncertain(broken.reason(), call, random);
            case Answered answered ->
                ApiReply.read(answered.body())
                        .map(reply -> byReply(call, answered, reply, random))
                        .orElseGet(() -> byStatus(call, answered, random));
        };
    }

    private static SendOutcome byReply(OutboundCall call, Answered answered, ApiReply reply, RandomGenerator random) {
        int status = answered.status();
        if (reply.ok()) {
            return status >= 200 && status < 300
                    ? new Delivered(reply.messageId())
                    : uncertain("ok with HTTP status " + status, call, random);
        }
        Integer given = reply.errorCode();
        int code = given != null ? given : status;
        String reason = code + " " + reply.description();
        Long migrateTo = reply.migrateTo();
        if (migrateTo != null) {
            return migrated(call, migrateTo);
        }
        return switch (code) {
            case 429 -> rateLimit(answered, reply, random);
            case 401 -> new SuspendBot(reason);
            case 404 ->
                reply.description().equals("Not Found")
                        ? new SuspendBot(reason)
                        : new Parked(OutcomeClass.PERMANENT, reason);
            case 403 -> new Suppressed(reason, meaning(reply) == BadRequest.CHAT);
            case 409 -> new Parked(OutcomeClass.CONFLICT, reason);
            case 400 -> badRequest(call, reason, meaning(reply));
            default -> other(call, code, reason, reply, random);
        };
    }

    private static BadRequest meaning(ApiReply reply) {
        return BadRequest.of(reply.description().toLowerCase(Locale.ROOT));
    }

    private static SendOutcome other(
            OutboundCall call, int code, String reason, ApiReply reply, RandomGenerator random) {
        if (code < 500) {
            return new Parked(OutcomeClass.PERMANENT, reason);
        }
        return code == 500 && reply.description().toLowerCase(Locale.ROOT).contains("restart")
                ? notSent(reason, call, random)
                : uncertain(reason, call, random);
    }

    private static SendOutcome migrated(OutboundCall call, long toChat) {
        String reason = "the chat is now " + toChat;
        return Amendments.redirected(call.payload(), toChat)
                .<SendOutcome>map(payload -> new Migrated(toChat, payload, reason))
                .orElseGet(() -> new Parked(OutcomeClass.MIGRATED, reason));
    }

    private static SendOutcome badRequest(OutboundCall call, String reason, BadRequest meaning) {
        return switch (meaning) {
            case NOT_MODIFIED -> new Delivered(null);
            case LATE -> new TooLate(reason);
            case FORMATTING ->
                amended(Amendment.PLAIN, PlainText.of(call.payload()).map(List::of), reason);
            case LENGTH -> amended(Amendment.SPLIT, Amendments.split(call.payload()), reason);
            case THREAD ->
                amended(
                        Amendment.WITHOUT_THREAD,
                        Amendments.withoutThread(call.payload()).map(List::of),
                        reason);
            case CONTENT -> new Parked(OutcomeClass.CONTENT, reason);
            case RIGHTS -> new Suppressed(reason, false);
            case CHAT -> new Suppressed(reason, true);
            case OTHER -> new Parked(OutcomeClass.PERMANENT, reason);
        };
    }

    private static SendOutcome amended(Amendment amendment, Optional<List<byte[]>> payloads, String reason) {
        return payloads.<SendOutcome>map(other -> new Amended(amendment, other, reason))
                .orElseGet(() -> new Parked(OutcomeClass.CONTENT, reason));
    }

    /** No answer of the Bot API: something before it spoke, or it was cut off. */
    private static SendOutcome byStatus(OutboundCall call, Answered answered, RandomGenerator random) {
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
        return status >= 300 && status < 500 ? notSent(reason, call, random) : uncertain(reason, call, random);
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

    private static SendOutcome notSent(String reason, OutboundCall call, RandomGenerator random) {
        return new RetryAt(OutcomeClass.NOT_SENT, backoff(call.attempt(), random), true, reason);
    }

    private static SendOutcome uncertain(String reason, OutboundCall call, RandomGenerator random) {
        return repeatable(call.method())
                ? new RetryAt(OutcomeClass.UNCERTAIN, backoff(call.attempt(), random), true, reason)
                : new Uncertain(reason);
    }

    /** The pause after attempt number {@code attempt}. */
    static Duration backoff(int attempt, RandomGenerator random) {
        return PAUSES.after(attempt, random);
    }
}
