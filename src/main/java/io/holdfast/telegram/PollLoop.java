package io.holdfast.telegram;

import io.holdfast.channel.BotApi;
import io.holdfast.channel.BotApi.Answer;
import io.holdfast.channel.BotToken;
import io.holdfast.channel.InboundUpdate;
import io.holdfast.channel.UnreadableUpdateException;
import io.holdfast.inbox.AcceptOutcome;
import io.holdfast.inbox.Inbox;
import io.holdfast.inbox.NewUpdate;
import io.holdfast.kernel.BotId;
import io.holdfast.kernel.HoldfastException;
import io.holdfast.resilience.Backoff;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Polls for one bot until it is stopped: accepts each update in order and confirms it to Telegram after its commit.
 *
 * <p>A crash between commit and confirmation brings an update again; the inbox knows it. Ends by itself when the token is
 * not accepted, and when somebody else polled with it three times in a row. Runs on one thread, which {@link #stop()} interrupts.
 */
final class PollLoop implements Runnable {
    private static final Logger LOG = System.getLogger(PollLoop.class.getName());
    private static final int BATCH = 100;
    private static final int MOST_CONFLICTS = 3;
    private static final Backoff PAUSES = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), 0);
    private static final Pattern UPDATE_ID = Pattern.compile("\"update_id\"\\s*:\\s*([0-9]{1,18})(?![0-9])");

    /** Waits; a test does without. */
    interface Pause {
        void of(Duration length) throws InterruptedException;
    }

    /** What the loop works with. */
    record Tools(
            BotApi api,
            Function<BotId, BotToken> tokens,
            Inbox inbox,
            TelegramParser parser,
            InstantSource clock,
            Pause pause,
            Duration pollTimeout,
            Trouble trouble) {}

    /** Who is told why a loop ended by itself. */
    interface Trouble {
        /** The channel does not accept the token. */
        void refused(BotId bot, String reason);

        /** Somebody else polls with the token. */
        void conflict(BotId bot, String reason);
    }

    private final BotId bot;
    private final Tools tools;
    private volatile boolean stopped;
    private long offset;
    private int failures;
    private int conflicts;

    PollLoop(BotId bot, Tools tools) {
        this.bot = bot;
        this.tools = tools;
    }

    /** No update is fetched or accepted after this; what is being committed may still end. */
    void stop() {
        stopped = true;
    }

    @Override
    public void run() {
        try {
            while (!stopped) {
                round();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void round() throws InterruptedException {
        try {
            BotToken token = tools.tokens().apply(bot);
            int seconds = (int) tools.pollTimeout().toSeconds();
            Answer<List<byte[]>> answer = tools.api().getUpdates(token, offset, BATCH, seconds);
            if (stopped) {
                return;
            }
            if (answer instanceof Answer.Success<List<byte[]>> success) {
                failures = 0;
                conflicts = 0;
                accept(success.value());
            } else {
                refused(answer);
            }
        } catch (HoldfastException e) {
            unusable(e);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "A round of polling for bot " + bot + " failed and is done again", e);
            waitLonger();
        }
    }

    private void accept(List<byte[]> updates) throws InterruptedException {
        if (updates.isEmpty()) {
            // All before the offset is confirmed by now, and after an idle week ids start anew anywhere, perhaps below
            // it.
            offset = 0;
        }
        for (byte[] raw : updates) {
            if (stopped) {
                return;
            }
            if (accept(raw) instanceof AcceptOutcome.Unavailable unavailable) {
                tools.pause().of(unavailable.retryAfter());
                return;
            }
        }
    }

    private AcceptOutcome accept(byte[] raw) {
        try {
            InboundUpdate update = tools.parser().parse(bot, raw, tools.clock().instant());
            AcceptOutcome outcome = tools.inbox().accept(new NewUpdate(update, raw));
            return confirm(outcome, Long.parseLong(update.externalId()));
        } catch (UnreadableUpdateException e) {
            WebhookBody.Refused refused = WebhookBody.Refused.of(String.valueOf(e.getMessage()), raw);
            LOG.log(Level.WARNING, "An update of bot {0} is parked: {1}", bot, refused.reason());
            AcceptOutcome outcome = tools.inbox().park(bot, refused.reason(), "", refused.firstBytes(), refused.size());
            return confirm(outcome, idOfUnreadable(raw));
        }
    }

    private AcceptOutcome confirm(AcceptOutcome outcome, long updateId) {
        if (outcome instanceof AcceptOutcome.Stored) {
            offset = updateId + 1;
        }
        return outcome;
    }

    /** Without it the same update would come for ever; ids rise by one where none can be found. */
    private long idOfUnreadable(byte[] raw) {
        Matcher id = UPDATE_ID.matcher(new String(raw, StandardCharsets.ISO_8859_1));
        return id.find() ? Long.parseLong(id.group(1)) : offset;
    }

    private void refused(Answer<List<byte[]>> answer) throws InterruptedException {
        if (answer instanceof Answer.Refused<List<byte[]>> refused) {
            if (refused.code() == 401 || refused.code() == 404) {
                LOG.log(Level.ERROR, "Polling for bot {0} ends: its token is not accepted", bot);
                stop();
                tools.trouble().refused(bot, refused.code() + " " + refused.description());
                return;
            }
            if (refused.code() == 409 && conflict(refused.description())) {
                return;
            }
        }
        waitLonger();
    }

    private boolean conflict(String description) {
        conflicts++;
        LOG.log(
                Level.ERROR,
                "Bot {0} has a webhook or is polled by somebody else, time {1} of {2}: {3}",
                bot,
                conflicts,
                MOST_CONFLICTS,
                description);
        if (conflicts < MOST_CONFLICTS) {
            return false;
        }
        LOG.log(Level.ERROR, "Polling for bot {0} ends: its token has two users", bot);
        stop();
        tools.trouble().conflict(bot, description);
        return true;
    }

    private void unusable(HoldfastException e) throws InterruptedException {
        if (e.category().retryable()) {
            waitLonger();
            return;
        }
        LOG.log(Level.ERROR, "Polling for bot {0} ends: {1}", bot, e.getMessage());
        stop();
    }

    private void waitLonger() throws InterruptedException {
        failures++;
        tools.pause().of(PAUSES.after(failures, RandomGenerator.getDefault()));
    }
}
