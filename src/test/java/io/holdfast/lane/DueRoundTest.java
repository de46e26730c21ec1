package io.holdfast.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.due.DueKind;
import io.holdfast.due.DueWork;
import io.holdfast.kernel.BotId;
import java.util.List;
import org.junit.jupiter.api.Test;

class DueRoundTest {
    private static final BotId ONE = new BotId(1);
    private static final BotId OTHER = new BotId(2);
    private static final List<DueWork> PAGE = List.of(new DueWork(ONE, DueKind.INBOX, 7));

    private final DueRound round = new DueRound();

    @Test
    void while_a_page_is_taken_everybody_may_be_on_it() {
        round.take(() -> {
            assertThat(round.holdsUp(ONE)).isTrue();
            assertThat(round.holdsUp(OTHER)).isTrue();
            return PAGE;
        });
        assertThat(round.holdsUp(OTHER)).isFalse();
    }

    @Test
    void a_bot_of_the_page_is_held_up_until_it_is_handed_on_however_long_that_takes() {
        assertThat(round.holdsUp(ONE)).isFalse();
        round.take(() -> PAGE);
        assertThat(round.holdsUp(ONE)).isTrue();
        round.handedOn();
        assertThat(round.holdsUp(ONE)).isFalse();
    }

    @Test
    void a_page_that_was_not_handed_on_comes_again_before_the_next() {
        round.take(() -> PAGE);
        assertThat(round.take(List::of)).isEqualTo(PAGE);
        round.handedOn();
        assertThat(round.take(List::of)).isEmpty();
    }

    @Test
    void what_cannot_be_read_holds_up_nobody() {
        assertThatThrownBy(() -> round.take(() -> {
                    throw new IllegalStateException("away");
                }))
                .hasMessage("away");
        assertThat(round.holdsUp(ONE)).isFalse();
    }
}
