package io.holdfast.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.channel.BotApi.Answer;
import io.holdfast.channel.BotToken;
import io.holdfast.inbox.AcceptOutcome;
import io.holdfast.inbox.Inbox;
import io.holdfast.inbox.NewUpdate;
import io.holdfast.kernel.BotId;
import io.holdfast.kernel.ErrorCategory;
import io.holdfast.kernel.HoldfastException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class PollLoopTest {
    private static final BotId BOT = new BotId(987654321);

    private final Deque<Answer<List<byte[]>>> answers = new ArrayDeque<>();
    private final Deque<AcceptOutcome> outcomes = new ArrayDeque<>();
    private final List<Long> offsets = new ArrayList<>();
    private final List<String> accepted = new ArrayList<>();
    private final List<String> parked = new ArrayList<>();
    private final List<Duration> pauses = new ArrayList<>();
    private final BotToken token = TestCalls.freshToken();
    private final List<String> troubles = new ArrayList<>();
    private boolean unknownBot;

    private final PollLoop loop = new PollLoop(
            BOT,
            new PollLoop.Tools(
                    new ScriptedApi(),
                    bot -> token(),
                    new ScriptedInbox(),
                    new TelegramParser(),
                    InstantSource.system(),
                    pauses::add,
                    Duration.ZERO,
                    new NotedTrouble()));

    @Test
    void updates_are_accepted_in_order_and_confirmed_by_the_next_call() {
        answers.add(updates(7, 8, 9));
        answers.add(updates(10));
        loop.run();
        assertThat(accepted).containsExactly("7", "8", "9", "10");
        assertThat(offsets).containsExactly(0L, 10L, 11L);
    }

    @Test
    void what_is_not_committed_is_fetched_again_after_a_wait() {
        answers.add(updates(7, 8, 9));
        answers.add(updates(8, 9));
        outcomes.add(new AcceptOutcome.Stored(false));
        outcomes.add(new AcceptOutcome.Unavailable(Duration.ofSeconds(3)));
        loop.run();
        assertThat(accepted).containsExactly("7", "8", "8", "9");
        assertThat(offsets).containsExactly(0L, 8L, 10L);
        assertThat(pauses).containsExactly(Duration.ofSeconds(3));
    }

    @Test
    void an_unreadable_update_is_parked_and_passed() {
        answers.add(success(
                "{\"update_id\":7,\"message\":{\"x\":%s}}".formatted("[".repeat(99) + "]".repeat(99)), update(8)));
        answers.add(success("{\"broken\":1}", "{\"broken\":2}"));
        loop.run();
        assertThat(accepted).containsExactly("8");
        assertThat(parked)
                .containsExactly(
                        "not JSON within the limits (StreamConstraintsException)", "no update_id", "no update_id");
        assertThat(offsets).containsExactly(0L, 9L, 11L);
    }

    @Test
    void after_an_empty_answer_ids_may_start_anew() {
        answers.add(updates(900));
        answers.add(updates());
        answers.add(updates(5));
        loop.run();
        assertThat(offsets).containsExactly(0L, 901L, 0L, 6L);
    }

    @Test
    void trouble_is_waited_out_longer_each_time_up_to_thirty_seconds() {
        for (int i = 0; i < 7; i++) {
            answers.add(new Answer.Unreachable<>(false, "broken"));
        }
        answers.add(updates(1));
        answers.add(new Answer.Refused<>(429, "Too Many Requests"));
        loop.run();
        assertThat(pauses).extracting(Duration::toSeconds).containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L, 1L);
        assertThat(accepted).containsExactly("1");
    }

    @Test
    void three_conflicts_in_a_row_end_it_and_fewer_do_not() {
        answers.add(conflict());
        answers.add(conflict());
        answers.add(updates(1));
        answers.add(conflict());
        answers.add(conflict());
        answers.add(conflict());
        answers.add(updates(2));
        loop.run();
        assertThat(accepted).containsExactly("1");
        assertThat(answers).hasSize(1);
        assertThat(troubles).containsExactly("conflict: Conflict: terminated by other getUpdates request");
    }

    @Test
    void a_token_that_is_not_accepted_ends_it() {
        answers.add(new Answer.Refused<>(401, "Unauthorized"));
        answers.add(updates(1));
        loop.run();
        assertThat(offsets).hasSize(1);
        assertThat(pauses).isEmpty();
        assertThat(troubles).containsExactly("refused: 401 Unauthorized");
    }

    @Test
    void a_bot_that_is_gone_ends_it() {
        unknownBot = true;
        answers.add(updates(1));
        loop.run();
        assertThat(offsets).isEmpty();
    }

    @Test
    void a_stop_and_an_interrupt_end_a_loop_that_waits() throws InterruptedException {
        CountDownLatch waiting = new CountDownLatch(1);
        PollLoop patient = new PollLoop(
                BOT,
                new PollLoop.Tools(
                        new ScriptedApi(),
                        bot -> token(),
                        new ScriptedInbox(),
                        new TelegramParser(),
                        InstantSource.system(),
                        length -> {
                            waiting.countDown();
                            new CountDownLatch(1).await();
                        },
                        Duration.ZERO,
                        new NotedTrouble()));
        answers.add(new Answer.Unreachable<>(true, "silence"));
        Thread thread = Thread.ofVirtual().start(patient);
        waiting.await();
        patient.stop();
        thread.interrupt();
        assertThat(thread.join(Duration.ofSeconds(10))).isTrue();
    }

    private BotToken token() {
        if (unknownBot) {
            throw new HoldfastException(ErrorCategory.INVALID, "no such bot");
        }
        return token;
    }

    private final class NotedTrouble implements PollLoop.Trouble {
        @Override
        public void refused(BotId bot, String reason) {
            troubles.add("refused: " + reason);
        }

        @Override
        public void conflict(BotId bot, String reason) {
            troubles.add("conflict: " + reason);
        }
    }

    private static Answer<List<byte[]>> conflict() {
        return new Answer.Refused<>(409, "Conflict: terminated by other getUpdates request");
    }

    private static Answer<List<byte[]>> updates(int... ids) {
        return success(Arrays.stream(ids).mapToObj(PollLoopTest::update).toArray(String[]::new));
    }

    private static Answer<List<byte[]>> success(String... raw) {
        return new Answer.Success<>(Arrays.stream(raw)
                .map(one -> one.getBytes(StandardCharsets.UTF_8))
                .toList());
    }

    private static String update(int id) {
        return "{\"update_id\":%d,\"message\":{\"message_id\":%d,\"chat\":{\"id\":5,\"type\":\"private\"}}}"
                .formatted(id, id);
    }

    /** Answers as scripted, and stops the loop when the script is over. */
    private final class ScriptedApi extends TelegramBotApi {
        @Override
        public Answer<List<byte[]>> getUpdates(BotToken token, long offset, int limit, int timeoutSeconds) {
            offsets.add(offset);
            Answer<List<byte[]>> next = answers.poll();
            if (next == null) {
                loop.stop();
                return updates();
            }
            return next;
        }
    }

    private final class ScriptedInbox extends Inbox {
        @Override
        public AcceptOutcome accept(NewUpdate update) {
            accepted.add(update.update().externalId());
            AcceptOutcome next = outcomes.poll();
            return next == null ? new AcceptOutcome.Stored(false) : next;
        }

        @Override
        public AcceptOutcome park(BotId bot, String reason, String headers, byte[] firstBytes, long size) {
            parked.add(reason);
            return new AcceptOutcome.Stored(false);
        }
    }
}
