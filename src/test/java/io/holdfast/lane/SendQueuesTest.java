package io.holdfast.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.kernel.BotId;
import io.holdfast.lane.SendQueues.Taken;
import io.holdfast.outbox.MessageClass;
import io.holdfast.outbox.OutboxState;
import io.holdfast.outbox.QueuedMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SendQueuesTest {
    private static final BotId BUSY = new BotId(1);
    private static final BotId QUIET = new BotId(2);
    private static final long ANN = 10;
    private static final long BEN = 11;
    private static final long GROUP = -20;

    /** Begins below zero, as System.nanoTime may. */
    private final AtomicLong nanos = new AtomicLong(-TimeUnit.MINUTES.toNanos(1));

    private SendQueues queues = queues(new SendLimits(8, 30, 24, 0));

    private SendQueues queues(SendLimits limits) {
        SendQueues made = new SendQueues(limits, nanos::get, SendQueuesTest::target);
        for (BotId bot : List.of(BUSY, QUIET)) {
            made.open(bot);
            made.start(bot);
        }
        return made;
    }

    @BeforeEach
    void let_all_buckets_fill() {
        pass(Duration.ofMinutes(2));
    }

    private static @Nullable String target(QueuedMessage message) {
        return message.method().startsWith("edit") ? message.chatId() + message.method() : null;
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    static QueuedMessage message(BotId bot, long chat, MessageClass messageClass, long id) {
        return message(bot, chat, messageClass, id, "sendMessage");
    }

    static QueuedMessage message(BotId bot, long chat, MessageClass messageClass, long id, String method) {
        return new QueuedMessage(bot, id, chat, messageClass, method, new byte[0], 0, OutboxState.PENDING, false);
    }

    private static QueuedMessage as(OutboxState state, QueuedMessage message) {
        return new QueuedMessage(
                message.bot(),
                message.outboxId(),
                message.chatId(),
                message.messageClass(),
                message.method(),
                message.payload(),
                message.attempts(),
                state,
                true);
    }

    private void reply(BotId bot, long chat, long id) {
        assertThat(queues.offer(message(bot, chat, MessageClass.REPLY, id), false))
                .isTrue();
    }

    private void bulk(BotId bot, long chat, long id) {
        assertThat(queues.offer(message(bot, chat, MessageClass.BULK, id), false))
                .isTrue();
    }

    private Taken next() {
        return Objects.requireNonNull(queues.poll());
    }

    /** All that may be sent now, each finished at once. */
    private List<Long> drain() {
        List<Long> ids = new ArrayList<>();
        for (Taken taken = queues.poll(); taken != null; taken = queues.poll()) {
            ids.add(taken.id());
            queues.done(taken);
        }
        return ids;
    }

    @Test
    void a_pause_ends_by_the_clock_of_the_process_whenever_the_queues_were_made() {
        reply(BUSY, 1, 1);
        Taken taken = Objects.requireNonNull(queues.poll());
        Pause pause = queues.throttled(taken, Duration.ofSeconds(7)).orElseThrow();
        assertThat(pause.until()).isEqualTo(nanos.get() + Duration.ofSeconds(7).toNanos());
    }

    @Test
    void a_class_of_a_chat_gives_one_message_at_a_time_in_order() {
        reply(BUSY, ANN, 2);
        reply(BUSY, ANN, 1);
        Taken first = next();
        assertThat(first.id()).isEqualTo(1);
        assertThat(queues.poll()).isNull();
        queues.done(first);
        assertThat(drain()).containsExactly(2L);
    }

    @Test
    void classes_of_a_chat_do_not_wait_for_each_other() {
        reply(BUSY, ANN, 1);
        queues.offer(message(BUSY, ANN, MessageClass.NOTIFICATION, 2), false);
        assertThat(List.of(next().id(), next().id())).containsExactly(1L, 2L);
    }

    @Test
    void the_same_message_is_queued_once() {
        reply(BUSY, ANN, 1);
        reply(BUSY, ANN, 1);
        assertThat(drain()).containsExactly(1L);
        assertThat(queues.size()).isZero();
    }

    @Test
    void an_older_row_that_was_read_back_goes_before_younger_ones_but_not_before_the_one_that_is_out() {
        reply(BUSY, ANN, 5);
        Taken out = next();
        reply(BUSY, ANN, 7);
        reply(BUSY, ANN, 3);
        queues.done(out);
        assertThat(drain()).containsExactly(3L, 7L);
    }

    @Test
    void chats_of_a_bot_take_turns() {
        for (long id = 1; id <= 3; id++) {
            reply(BUSY, ANN, id);
        }
        reply(BUSY, BEN, 4);
        Taken first = next();
        queues.done(first);
        assertThat(next().id()).isEqualTo(4);
    }

    @Test
    void bots_take_turns_however_much_a_busy_one_has() {
        for (long id = 1; id <= 100; id++) {
            reply(BUSY, id, id);
        }
        reply(QUIET, ANN, 1000);
        next();
        assertThat(next().bot()).isEqualTo(QUIET);
    }

    @Test
    void one_bot_has_at_most_eight_calls_out_and_thirty_for_bulk() {
        queues = queues(new SendLimits(8, 30, 100, 0));
        queues.on(BUSY, false, (lane, now) -> lane.ownPace(false, now));
        for (long id = 1; id <= 50; id++) {
            reply(BUSY, id, id);
            bulk(BUSY, id, 100 + id);
        }
        List<Taken> out = new ArrayList<>();
        for (Taken taken = queues.poll(); taken != null; taken = queues.poll()) {
            out.add(taken);
        }
        assertThat(out.stream().filter(taken -> taken.id() < 100)).hasSize(8);
        assertThat(out).hasSize(30);
    }

    @Test
    void bulk_of_all_bots_leaves_room_for_answers() {
        queues = queues(new SendLimits(8, 30, 4, 0));
        queues.on(BUSY, false, (lane, now) -> lane.ownPace(false, now));
        for (long id = 1; id <= 10; id++) {
            bulk(BUSY, id, id);
        }
        List<Taken> out = List.of(next(), next(), next(), next());
        assertThat(queues.poll()).isNull();
        reply(BUSY, ANN, 11);
        assertThat(next().id()).isEqualTo(11);
        queues.done(out.getFirst());
        assertThat(next().id()).isEqualTo(5);
    }

    @Test
    void answers_go_before_bulk_and_control_before_both_whatever_came_first() {
        bulk(BUSY, ANN, 1);
        reply(BUSY, BEN, 2);
        reply(QUIET, BEN, 3);
        queues.offer(message(QUIET, ANN, MessageClass.CONTROL, 4, "answerCallbackQuery"), false);
        assertThat(drain()).containsExactly(4L, 2L, 3L, 1L);
    }

    @Test
    void a_chat_gets_three_at_once_and_then_one_a_second() {
        for (long id = 1; id <= 6; id++) {
            reply(BUSY, ANN, id);
        }
        assertThat(drain()).containsExactly(1L, 2L, 3L);
        pass(Duration.ofMillis(999));
        assertThat(drain()).isEmpty();
        pass(Duration.ofMillis(1));
        assertThat(drain()).containsExactly(4L);
    }

    @Test
    void a_group_gets_no_more_than_twenty_in_a_minute_edits_included() {
        for (long id = 1; id <= 60; id++) {
            queues.offer(
                    message(BUSY, GROUP, MessageClass.REPLY, id, id % 2 == 0 ? "sendMessage" : "deleteMessage"), false);
        }
        int sent = drain().size();
        for (int second = 1; second < 60; second++) {
            pass(Duration.ofSeconds(1));
            sent += drain().size();
        }
        assertThat(sent).isBetween(18, 20);
    }

    @Test
    void answers_to_buttons_are_not_bound_by_the_limits_of_the_chat() {
        for (long id = 1; id <= 20; id++) {
            queues.offer(message(BUSY, ANN, MessageClass.CONTROL, id, "answerCallbackQuery"), false);
        }
        assertThat(drain()).hasSize(20);
    }

    @Test
    void bulk_of_a_bot_goes_out_at_twenty_five_a_second() {
        for (long id = 1; id <= 100; id++) {
            bulk(BUSY, id, id);
        }
        int sent = drain().size();
        for (int step = 1; step < 100; step++) {
            pass(Duration.ofMillis(10));
            sent += drain().size();
        }
        assertThat(sent).isEqualTo(25);
    }

    @Test
    void a_method_that_the_platform_counts_by_itself_has_its_own_limit() {
        for (long id = 1; id <= 3; id++) {
            queues.offer(message(BUSY, id, MessageClass.CONTROL, id, "setMyName"), false);
        }
        assertThat(drain()).containsExactly(1L);
        pass(Objects.requireNonNull(BotPace.METHODS.get("setMyName")).interval());
        assertThat(drain()).containsExactly(2L);
    }

    @Test
    void a_cap_of_the_node_bounds_all_bots_together() {
        queues = queues(new SendLimits(8, 30, 24, 10));
        pass(Duration.ofMinutes(1));
        for (long id = 1; id <= 40; id++) {
            reply(id % 2 == 0 ? BUSY : QUIET, id, id);
        }
        int sent = drain().size();
        for (int step = 1; step < 20; step++) {
            pass(Duration.ofMillis(50));
            sent += drain().size();
        }
        assertThat(sent).isEqualTo(10);
    }

    @Test
    void after_a_take_over_a_chat_has_one_token_and_not_the_burst() {
        queues = queues(new SendLimits(8, 30, 24, 0));
        for (long id = 1; id <= 5; id++) {
            reply(BUSY, ANN, id);
        }
        assertThat(drain()).containsExactly(1L);
        pass(Duration.ofSeconds(1));
        assertThat(drain()).containsExactly(2L);
    }

    @Test
    void a_bot_that_the_platform_paces_has_no_limits_of_ours() {
        queues.on(BUSY, false, (lane, now) -> lane.ownPace(false, now));
        for (long id = 1; id <= 100; id++) {
            reply(BUSY, GROUP, id);
            bulk(BUSY, ANN, 100 + id);
        }
        assertThat(drain()).hasSize(200);
    }

    @Test
    void a_retrying_message_holds_its_class_until_its_own_time_and_no_other_class() {
        reply(BUSY, ANN, 1);
        reply(BUSY, ANN, 2);
        queues.offer(message(BUSY, ANN, MessageClass.NOTIFICATION, 3), false);
        Taken taken = next();
        queues.hold(taken, as(OutboxState.RETRY, taken.message()), Duration.ofSeconds(20));
        assertThat(drain()).containsExactly(3L);
        pass(Duration.ofSeconds(20).minusNanos(1));
        assertThat(queues.poll()).isNull();
        pass(Duration.ofNanos(1));
        Taken again = next();
        assertThat(again.id()).isEqualTo(1);
        assertThat(again.message().state()).isEqualTo(OutboxState.RETRY);
    }

    @Test
    void an_uncertain_message_holds_its_class_for_ten_seconds_at_most() {
        reply(BUSY, ANN, 1);
        reply(BUSY, ANN, 2);
        Taken taken = next();
        queues.hold(taken, as(OutboxState.UNCERTAIN, taken.message()), Duration.ofHours(1));
        pass(Duration.ofSeconds(10));
        assertThat(drain()).containsExactly(1L, 2L);
    }

    @Test
    void a_held_message_of_a_take_over_waits_until_its_due_row_releases_it() {
        queues.offer(message(BUSY, ANN, MessageClass.REPLY, 1), true);
        pass(Duration.ofDays(1));
        assertThat(queues.poll()).isNull();
        assertThat(queues.release(BUSY, 1)).isTrue();
        assertThat(drain()).containsExactly(1L);
        assertThat(queues.release(BUSY, 1)).isFalse();
    }

    @Test
    void releasing_what_is_out_gives_it_to_nobody_else() {
        reply(BUSY, ANN, 1);
        Taken out = next();
        assertThat(queues.release(BUSY, 1)).isTrue();
        assertThat(queues.poll()).isNull();
        queues.done(out);
        assertThat(queues.size()).isZero();
    }

    @Test
    void a_message_that_was_put_back_comes_again_before_its_followers() {
        reply(BUSY, ANN, 1);
        reply(BUSY, ANN, 2);
        queues.putBack(next());
        assertThat(next().id()).isEqualTo(1);
    }

    @Test
    void a_lane_that_has_not_started_collects_and_gives_nothing() {
        BotId bot = new BotId(3);
        queues.open(bot);
        reply(bot, ANN, 2);
        reply(bot, ANN, 1);
        assertThat(queues.poll()).isNull();
        queues.start(bot);
        assertThat(next().id()).isEqualTo(1);
    }

    @Test
    void a_bot_without_a_lane_is_said_so_and_a_dropped_one_forgets_everything() {
        assertThat(queues.offer(message(new BotId(9), ANN, MessageClass.REPLY, 1), false))
                .isFalse();
        bulk(BUSY, ANN, 1);
        Taken out = next();
        reply(BUSY, ANN, 2);
        queues.drop(BUSY);
        assertThat(queues.poll()).isNull();
        queues.done(out);
        assertThat(queues.release(BUSY, 2)).isFalse();
        assertThat(queues.size()).isZero();
    }

    @Test
    void the_lowest_open_id_is_known_until_it_is_done() {
        reply(BUSY, ANN, 4);
        reply(BUSY, BEN, 9);
        assertThat(queues.lowestOpen(BUSY)).hasValue(4);
        queues.done(next());
        assertThat(queues.lowestOpen(BUSY)).hasValue(9);
        queues.done(next());
        assertThat(queues.lowestOpen(BUSY)).isEmpty();
        assertThat(queues.highestSeen(BUSY)).isEqualTo(9);
    }

    @Test
    void a_chat_that_is_removed_gives_up_what_waits_in_order_and_keeps_what_is_out() {
        reply(BUSY, ANN, 1);
        Taken out = next();
        bulk(BUSY, ANN, 4);
        reply(BUSY, ANN, 2);
        reply(BUSY, BEN, 3);
        assertThat(queues.removeChat(BUSY, ANN))
                .extracting(QueuedMessage::outboxId)
                .containsExactly(2L, 4L);
        queues.done(out);
        assertThat(drain()).containsExactly(3L);
    }

    @Test
    void a_newer_preview_or_final_edit_replaces_the_one_that_waits_until_its_row_is_closed() {
        queues.offer(message(BUSY, ANN, MessageClass.PROGRESS, 1, "editMessageText"), false);
        queues.offer(message(BUSY, ANN, MessageClass.PROGRESS, 2, "editMessageText"), false);
        queues.offer(message(BUSY, BEN, MessageClass.PROGRESS, 3, "editMessageText"), false);
        queues.offer(message(BUSY, ANN, MessageClass.REPLY, 4, "editMessageText"), false);
        assertThat(drain()).containsExactlyInAnyOrder(3L, 4L);
        assertThat(replaced()).containsExactly(1L, 2L);
        assertThat(queues.lowestOpen(BUSY)).hasValue(1);
        assertThat(queues.release(BUSY, 1)).isTrue();
        for (long id : replaced()) {
            queues.on(BUSY, false, (lane, now) -> lane.closed(id, now));
        }
        assertThat(queues.size()).isZero();
    }

    @Test
    void a_final_edit_is_never_replaced_nor_is_a_preview_that_is_out() {
        queues.offer(message(BUSY, ANN, MessageClass.PROGRESS, 1, "editMessageText"), false);
        Taken out = next();
        queues.offer(message(BUSY, ANN, MessageClass.REPLY, 2, "editMessageText"), false);
        queues.offer(message(BUSY, ANN, MessageClass.PROGRESS, 3, "editMessageText"), false);
        queues.offer(message(BUSY, ANN, MessageClass.REPLY, 4, "editMessageText"), false);
        assertThat(replaced()).containsExactly(3L);
        queues.done(out);
        assertThat(drain()).containsExactly(2L, 4L);
    }

    private List<Long> replaced() {
        return queues.each((lane, now) -> lane.replaced(10)).stream()
                .flatMap(List::stream)
                .map(QueuedMessage::outboxId)
                .toList();
    }

    @Test
    void nothing_comes_out_while_the_way_is_cut() {
        reply(BUSY, ANN, 1);
        queues.rule(order -> order.halt(true));
        pass(Duration.ofHours(1));
        assertThat(queues.poll()).isNull();
        queues.rule(order -> order.halt(false));
        assertThat(drain()).containsExactly(1L);
    }

    @Test
    void while_messages_to_many_are_shed_they_wait_and_nothing_else_does() {
        bulk(BUSY, ANN, 1);
        Taken out = next();
        bulk(BUSY, BEN, 2);
        reply(BUSY, BEN, 3);
        queues.rule(order -> order.shed(true));
        queues.done(out);
        assertThat(drain()).containsExactly(3L);
        pass(Duration.ofHours(1));
        assertThat(queues.poll()).isNull();
        assertThat(queues.size()).isEqualTo(1);
        queues.rule(order -> order.shed(false));
        assertThat(drain()).containsExactly(2L);
    }

    @Test
    void what_waits_long_is_shown_again_and_again_until_it_is_closed() {
        queues.offer(message(BUSY, ANN, MessageClass.REPLY, 1), true);
        reply(BUSY, BEN, 2);
        drain();
        assertThat(old()).isEmpty();
        pass(Duration.ofSeconds(30));
        assertThat(old()).containsExactly(1L);
        queues.on(
                BUSY,
                false,
                (lane, now) -> lane.lookAgain(1, now + Duration.ofHours(1).toNanos(), now));
        pass(Duration.ofMinutes(59));
        assertThat(old()).isEmpty();
        pass(Duration.ofMinutes(1));
        assertThat(old()).containsExactly(1L);
        queues.on(BUSY, false, (lane, now) -> lane.closed(1, now));
        pass(Duration.ofMinutes(1));
        assertThat(old()).isEmpty();
        assertThat(queues.size()).isZero();
    }

    private List<Long> old() {
        return queues.each((lane, now) -> lane.toLookAt(10, now)).stream()
                .flatMap(List::stream)
                .map(QueuedMessage::outboxId)
                .toList();
    }
}
