package io.holdfast.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.due.OpenWork;
import io.holdfast.kernel.BotId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RescueProgressTest {
    private static final BotId BOT = new BotId(7);
    private static final Instant NOW = Instant.parse("2026-01-05T10:00:00Z");

    private final RescueProgress progress = new RescueProgress();
    private final HeldBot lane =
            new HeldBot(new LeaseStore.Lease(BOT, new BotProfile("it_bot", true), 1, 0, 0, null, false));
    private final List<Long> asked = new ArrayList<>();

    /** Ids from 1 to 700 of which {@code unaided} are open with no due row. */
    private List<Long> run(HeldBot held, Instant now, Long... unaided) {
        List<Long> found = new ArrayList<>();
        asked.clear();
        progress.run(
                Map.of(BOT, held),
                now,
                after -> {
                    long from = after.getOrDefault(BOT, -1L);
                    asked.add(from);
                    return page(from, List.of(unaided));
                },
                (page, lane) -> found.addAll(page.unaided()));
        return found;
    }

    private static List<OpenWork> page(long after, List<Long> unaided) {
        long last = Math.min(700, after + OpenWork.PAGE);
        if (after >= last) {
            return List.of();
        }
        List<Long> here =
                unaided.stream().filter(id -> id > after && id <= last).toList();
        long passed = here.isEmpty() ? last : here.getFirst() - 1;
        return List.of(new OpenWork(BOT, here, passed, last, last - after == OpenWork.PAGE, 0));
    }

    @Test
    void every_page_is_read_and_what_is_finished_is_not_read_again() {
        assertThat(run(lane, NOW, 680L)).containsExactly(680L);
        assertThat(asked).containsExactly(0L, 200L, 400L, 600L);
        assertThat(run(lane, NOW.plusSeconds(30), 680L)).containsExactly(680L);
        assertThat(asked).containsExactly(679L);
    }

    @Test
    void an_open_row_is_read_again_and_hides_none_behind_it() {
        run(lane, NOW, 10L, 500L);
        assertThat(run(lane, NOW.plusSeconds(30), 10L, 500L)).containsExactly(10L, 500L);
        assertThat(asked).first().isEqualTo(9L);
    }

    @Test
    void a_new_lane_and_an_hour_begin_at_the_first_row() {
        run(lane, NOW);
        run(
                new HeldBot(new LeaseStore.Lease(BOT, new BotProfile("it_bot", true), 2, 0, 0, null, false)),
                NOW.plusSeconds(30));
        assertThat(asked).first().isEqualTo(0L);
        run(lane, NOW.plusSeconds(60));
        run(lane, NOW.plusSeconds(90));
        assertThat(asked).containsExactly(700L);
        run(lane, NOW.plusSeconds(3700));
        assertThat(asked).first().isEqualTo(0L);
    }
}
