package io.holdfast.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class BacklogTest {
    private static final boolean FULL = true;
    private static final boolean FREE = false;

    private final Backlog backlog = new Backlog();

    private void filled() {
        backlog.beginReading();
        backlog.endReading(Backlog.NOTHING);
    }

    @Test
    void everything_is_left_until_the_lane_was_filled() {
        assertThat(backlog.leaves(7, FREE)).isTrue();
        assertThat(backlog.from()).isEqualTo(1);
        filled();
        assertThat(backlog.leaves(8, FREE)).isFalse();
        assertThat(backlog.from()).isEqualTo(Backlog.NOTHING);
    }

    @Test
    void from_the_first_that_is_left_on_all_are_until_they_were_read() {
        filled();
        assertThat(backlog.leaves(10, FULL)).isTrue();
        assertThat(backlog.leaves(11, FREE)).isTrue();
        assertThat(backlog.beginReading()).isEqualTo(10);
        backlog.endReading(12);
        assertThat(backlog.leaves(12, FREE)).isTrue();
        assertThat(backlog.beginReading()).isEqualTo(12);
        backlog.endReading(Backlog.NOTHING);
        assertThat(backlog.leaves(13, FREE)).isFalse();
    }

    @Test
    void what_comes_while_a_page_is_read_is_left_and_read_next() {
        filled();
        backlog.leaves(10, FULL);
        backlog.beginReading();
        assertThat(backlog.leaves(15, FREE)).isTrue();
        assertThat(backlog.leaves(14, FREE)).isTrue();
        backlog.endReading(Backlog.NOTHING);
        assertThat(backlog.from()).isEqualTo(14);
        backlog.beginReading();
        assertThat(backlog.leaves(5, FREE)).isTrue();
        backlog.endReading(30);
        assertThat(backlog.from()).isEqualTo(5);
    }

    @Test
    void what_is_due_waits_for_what_is_older_and_for_room_and_for_nothing_else() {
        filled();
        assertThat(backlog.leavesDue(3, FREE)).isFalse();
        backlog.leaves(10, FULL);
        assertThat(backlog.leavesDue(3, FREE)).isFalse();
        assertThat(backlog.leavesDue(12, FREE)).isTrue();
        assertThat(backlog.from()).isEqualTo(10);
        assertThat(backlog.leavesDue(4, FULL)).isTrue();
        assertThat(backlog.from()).isEqualTo(4);
    }

    /** One thread stores and offers, another one reads back: each id comes out, and none after a higher one that was read back. */
    @Test
    void nothing_is_lost_and_nothing_overtakes_while_one_thread_offers_and_another_reads() throws Exception {
        int ids = 200_000;
        ConcurrentSkipListSet<Long> stored = new ConcurrentSkipListSet<>();
        List<Long> memory = Collections.synchronizedList(new ArrayList<>());
        AtomicBoolean offering = new AtomicBoolean(true);
        Thread reader = Thread.ofPlatform().start(() -> {
            while (offering.get() || backlog.from() != Backlog.NOTHING) {
                if (backlog.from() != Backlog.NOTHING) {
                    readPage(stored, memory);
                }
            }
        });
        for (long id = 1; id <= ids; id++) {
            stored.add(id);
            if (!backlog.leaves(id, id % 1000 == 0)) {
                memory.add(id);
            }
        }
        offering.set(false);
        reader.join();
        assertThat(memory.stream().distinct().toList()).hasSize(ids).isSorted();
    }

    private void readPage(ConcurrentSkipListSet<Long> stored, List<Long> memory) {
        long from = backlog.beginReading();
        List<Long> page = stored.tailSet(from).stream().limit(100).toList();
        memory.addAll(page);
        backlog.endReading(page.size() < 100 ? Backlog.NOTHING : page.getLast() + 1);
    }
}
