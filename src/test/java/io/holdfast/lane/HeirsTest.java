package io.holdfast.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.kernel.BotId;
import io.holdfast.node.Neighbour;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class HeirsTest {
    private static final Duration LEASE = Duration.ofSeconds(15);
    private static final List<BotId> BOTS =
            LongStream.rangeClosed(7_000_001, 7_003_000).mapToObj(BotId::new).toList();

    @Test
    void survivors_share_what_a_dead_node_left_evenly() {
        Map<String, Long> parts = BOTS.stream()
                .collect(Collectors.groupingBy(
                        bot -> heir(bot, living("a"), living("b"), living("c")), Collectors.counting()));
        assertThat(parts).containsOnlyKeys("a", "b", "c");
        assertThat(parts.values()).allSatisfy(part -> assertThat(part).isBetween(850L, 1150L));
    }

    @Test
    void the_order_in_which_nodes_are_seen_changes_nothing() {
        assertThat(BOTS)
                .allSatisfy(bot ->
                        assertThat(heir(bot, living("a"), living("b"))).isEqualTo(heir(bot, living("b"), living("a"))));
    }

    @Test
    void a_node_more_takes_bots_but_moves_none_between_the_others() {
        List<BotId> moved = new ArrayList<>();
        for (BotId bot : BOTS) {
            String before = heir(bot, living("a"), living("b"));
            String after = heir(bot, living("a"), living("b"), living("c"));
            if (!after.equals(before)) {
                moved.add(bot);
                assertThat(after).isEqualTo("c");
            }
        }
        assertThat(moved).hasSizeBetween(850, 1150);
    }

    @Test
    void nodes_that_are_gone_or_start_or_stop_take_nothing() {
        Neighbour gone = new Neighbour("gone", "http://gone", Duration.ZERO, true, true);
        Neighbour starting = new Neighbour("starting", "http://starting", LEASE, false, false);
        assertThat(Heirs.among(List.of(gone, starting)).of(BOTS.getFirst())).isEmpty();
        assertThat(BOTS)
                .allSatisfy(bot ->
                        assertThat(heir(bot, gone, living("a"), starting)).isEqualTo("a"));
        assertThat(Heirs.among(List.of(living("a"))).without("a").of(BOTS.getFirst()))
                .isEmpty();
    }

    private static String heir(BotId bot, Neighbour... nodes) {
        return Heirs.among(List.of(nodes)).of(bot).orElseThrow().id();
    }

    private static Neighbour living(String id) {
        return new Neighbour(id, "http://" + id, LEASE, true, false);
    }
}
