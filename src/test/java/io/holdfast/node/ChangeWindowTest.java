package io.holdfast.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.kernel.BotId;
import io.holdfast.kernel.Changed;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChangeWindowTest {
    private static final Changed A = Changed.bot(new BotId(1));
    private static final Changed B = Changed.settings(new BotId(1));

    private final ChangeWindow window = new ChangeWindow();
    private long millis = 1_000_000;

    private Optional<List<Changed>> take(long oldestOpen, ChangeWindow.Row... rows) {
        millis += 500;
        return window.take(new ChangeWindow.Reading(oldestOpen, millis, List.of(rows)));
    }

    private static ChangeWindow.Row row(long transaction, long seq, Changed change) {
        return new ChangeWindow.Row(transaction, seq, change);
    }

    @Test
    void the_first_reading_may_have_missed_anything() {
        assertThat(take(10, row(9, 1, A))).isEmpty();
        assertThat(take(10)).hasValue(List.of());
    }

    @Test
    void a_change_is_told_once_while_an_older_transaction_keeps_it_in_sight() {
        take(10);
        assertThat(take(10, row(11, 1, A))).hasValue(List.of(A));
        assertThat(take(10, row(11, 1, A))).hasValue(List.of());
        assertThat(take(12, row(11, 1, A))).hasValue(List.of());
        assertThat(window.from()).isEqualTo(12);
    }

    @Test
    void one_that_commits_after_later_ones_is_told() {
        take(10);
        assertThat(take(10, row(11, 2, B))).hasValue(List.of(B));
        assertThat(window.from()).as("transaction 10 is open").isEqualTo(10);
        assertThat(take(12, row(10, 1, A), row(11, 2, B))).hasValue(List.of(A));
    }

    @Test
    void two_changes_of_one_thing_in_one_reading_are_one() {
        take(10);
        assertThat(take(13, row(11, 1, A), row(11, 2, B), row(12, 3, A))).hasValue(List.of(A, B));
    }

    @Test
    void one_thing_that_changes_again_is_told_again() {
        take(10);
        assertThat(take(12, row(11, 1, A))).hasValue(List.of(A));
        assertThat(take(13, row(12, 2, A))).hasValue(List.of(A));
    }

    @Test
    void after_a_long_absence_anything_may_be_missing_and_then_nothing_is() {
        take(10);
        millis += ChangeWindow.LONGEST_ABSENCE.toMillis();
        assertThat(take(20, row(19, 7, A))).isEmpty();
        assertThat(take(21, row(20, 8, B))).hasValue(List.of(B));
        millis += ChangeWindow.LONGEST_ABSENCE.toMillis() - 500;
        assertThat(take(22, row(21, 9, A))).hasValue(List.of(A));
    }

    @Test
    void numbers_that_fall_are_of_another_database() {
        take(1000);
        assertThat(take(1001, row(1000, 7, A))).hasValue(List.of(A));
        assertThat(take(10, row(9, 7, B))).isEmpty();
        assertThat(take(12, row(11, 8, A))).hasValue(List.of(A));
    }

    @Test
    void what_is_kept_outlives_the_longest_absence() {
        assertThat(ChangeSweep.KEPT).isGreaterThan(ChangeWindow.LONGEST_ABSENCE);
    }
}
