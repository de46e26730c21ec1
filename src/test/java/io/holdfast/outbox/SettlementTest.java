package io.holdfast.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.channel.Amendment;
import io.holdfast.channel.OutcomeClass;
import io.holdfast.channel.SendOutcome;
import io.holdfast.kernel.BotId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SettlementTest {

    @Test
    void each_other_form_is_tried_once() {
        QueuedMessage message = message(MessageClass.REPLY);
        Settlement first = Settlement.of(message, amended(Amendment.PLAIN, "plain"));
        assertThat(first.state()).isEqualTo(OutboxState.RETRY);
        assertThat(first.next()).isEqualTo(Duration.ZERO);
        assertThat(text(first.after().payload())).isEqualTo("plain");
        assertThat(first.after().attempts()).as("it costs no attempt").isZero();

        Settlement again = Settlement.of(first.after().sending(), amended(Amendment.PLAIN, "plain"));
        assertThat(again.state()).isEqualTo(OutboxState.PARKED);
        Settlement other = Settlement.of(first.after().sending(), amended(Amendment.WITHOUT_THREAD, "outside"));
        assertThat(other.state()).isEqualTo(OutboxState.RETRY);
    }

    @Test
    void the_parts_of_a_split_message_follow_one_another_and_the_last_one_ends_it() {
        Settlement split = Settlement.of(message(MessageClass.REPLY), amended(Amendment.SPLIT, "1", "2", "3"));
        Settlement one = Settlement.of(split.after().sending(), new SendOutcome.Delivered(1L));
        Settlement two = Settlement.of(one.after().sending(), new SendOutcome.Delivered(2L));
        Settlement three = Settlement.of(two.after().sending(), new SendOutcome.Delivered(3L));
        assertThat(List.of(
                        text(split.after().payload()),
                        text(one.after().payload()),
                        text(two.after().payload())))
                .containsExactly("1", "2", "3");
        assertThat(List.of(split.state(), one.state(), two.state(), three.state()))
                .containsExactly(OutboxState.RETRY, OutboxState.RETRY, OutboxState.RETRY, OutboxState.SENT);
    }

    @Test
    void a_part_that_stays_uncertain_does_not_hold_back_the_next_one() {
        Settlement split = Settlement.of(message(MessageClass.REPLY), amended(Amendment.SPLIT, "1", "2"));
        Settlement doubt = Settlement.of(split.after().sending(), new SendOutcome.Uncertain("why"));
        assertThat(text(doubt.after().payload())).isEqualTo("1");
        Settlement given = Settlement.of(doubt.after().sending(), new SendOutcome.Uncertain("why"));
        assertThat(text(given.after().payload())).isEqualTo("2");
        assertThat(given.after().revision().doubtful()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void an_uncertain_message_is_called_once_more_unless_it_is_bulk(MessageClass messageClass) {
        Settlement first = Settlement.of(message(messageClass), new SendOutcome.Uncertain("why"));
        assertThat(first.state()).isEqualTo(OutboxState.UNCERTAIN);
        if (messageClass == MessageClass.BULK) {
            assertThat(first.next()).isNull();
            return;
        }
        assertThat(first.next()).isEqualTo(Settlement.RESEND_AFTER);
        SendOutcome notSent = new SendOutcome.RetryAt(OutcomeClass.NOT_SENT, Duration.ofSeconds(1), true, "why");
        Settlement between = Settlement.of(first.after().sending(), notSent);
        Settlement second = Settlement.of(between.after().sending(), new SendOutcome.Uncertain("why"));
        assertThat(second.state()).isEqualTo(OutboxState.UNCERTAIN);
        assertThat(second.next()).as("whatever came between").isNull();
    }

    @Test
    void attempts_that_never_left_do_not_use_up_the_second_call() {
        SendOutcome notSent = new SendOutcome.RetryAt(OutcomeClass.NOT_SENT, Duration.ofSeconds(1), true, "why");
        Settlement before = Settlement.of(message(MessageClass.REPLY), notSent);
        assertThat(Settlement.of(before.after().sending(), new SendOutcome.Uncertain("why"))
                        .next())
                .isEqualTo(Settlement.RESEND_AFTER);
    }

    @Test
    void a_migrated_message_goes_to_the_new_chat_once() {
        SendOutcome migrated = new SendOutcome.Migrated(-1007, "new".getBytes(StandardCharsets.UTF_8), "moved");
        Settlement first = Settlement.of(message(MessageClass.REPLY), migrated);
        assertThat(first.after().chatId()).isEqualTo(-1007);
        assertThat(text(first.after().payload())).isEqualTo("new");
        assertThat(Settlement.of(first.after().sending(), migrated).state()).isEqualTo(OutboxState.PARKED);
    }

    @Test
    void what_comes_after_its_deadline_has_ended_and_what_may_have_arrived_stays_uncertain() {
        SendOutcome notSent = new SendOutcome.RetryAt(OutcomeClass.NOT_SENT, Duration.ofSeconds(1), true, "why");
        Settlement late = Settlement.of(message(MessageClass.REPLY), notSent).atDeadline();
        assertThat(late.state()).isEqualTo(OutboxState.EXPIRED);
        assertThat(late.next()).isNull();
        assertThat(late.reason()).contains("deadline", "why");
        assertThat(SentLetters.worthOne(late)).isTrue();
        assertThat(Settlement.of(message(MessageClass.REPLY), new SendOutcome.Uncertain("why"))
                        .atDeadline()
                        .state())
                .isEqualTo(OutboxState.UNCERTAIN);
    }

    @Test
    void a_late_answer_to_a_button_is_no_dead_letter() {
        Settlement late = Settlement.of(message(MessageClass.CONTROL), new SendOutcome.TooLate("too old"));
        assertThat(late.state()).isEqualTo(OutboxState.EXPIRED);
        assertThat(SentLetters.worthOne(late)).isFalse();
    }

    private static QueuedMessage message(MessageClass messageClass) {
        return new QueuedMessage(
                        new BotId(4711),
                        1,
                        -7L,
                        messageClass,
                        "sendMessage",
                        "as written".getBytes(StandardCharsets.UTF_8),
                        0,
                        OutboxState.PENDING,
                        false)
                .sending();
    }

    private static SendOutcome amended(Amendment amendment, String... payloads) {
        List<byte[]> bytes = Arrays.stream(payloads)
                .map(payload -> payload.getBytes(StandardCharsets.UTF_8))
                .toList();
        return new SendOutcome.Amended(amendment, bytes, "refused");
    }

    private static String text(byte[] payload) {
        return new String(payload, StandardCharsets.UTF_8);
    }
}
