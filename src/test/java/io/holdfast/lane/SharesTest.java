package io.holdfast.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SharesTest {

    @Test
    void a_node_that_joins_gets_its_share() {
        assertThat(new Shares(Map.of("a", 100, "b", 0)).giftsOf("a")).containsExactly(new Shares.Gift("b", 50));
        assertThat(new Shares(Map.of("a", 100, "b", 0)).giftsOf("b")).isEmpty();
    }

    @Test
    void a_single_bot_more_moves_nothing() {
        assertThat(new Shares(Map.of("a", 5, "b", 4)).giftsOf("a")).isEmpty();
        assertThat(new Shares(Map.of("a", 1, "b", 0)).giftsOf("a")).isEmpty();
        assertThat(new Shares(Map.of("a", 104, "b", 96)).giftsOf("a")).isEmpty();
    }

    @Test
    void a_node_alone_keeps_all() {
        assertThat(new Shares(Map.of("a", 100)).giftsOf("a")).isEmpty();
        assertThat(new Shares(Map.of()).giftsOf("a")).isEmpty();
    }

    @Test
    void givers_that_see_the_same_numbers_fill_no_gap_twice() {
        assertThat(new Shares(Map.of("a", 90, "b", 90, "c", 0)).giftsOf("a")).containsExactly(new Shares.Gift("c", 30));
        assertThat(new Shares(Map.of("a", 90, "b", 90, "c", 0)).giftsOf("b")).containsExactly(new Shares.Gift("c", 30));
    }

    @Test
    void whatever_they_hold_one_round_of_all_givers_makes_them_even() {
        Random random = new Random(7);
        for (int round = 0; round < 500; round++) {
            Map<String, Integer> held = new TreeMap<>();
            for (int node = 0; node <= random.nextInt(8); node++) {
                held.put("node-" + node, random.nextInt(3) == 0 ? 0 : random.nextInt(1000));
            }
            assertThat(evened(held)).as(held.toString()).isTrue();
        }
    }

    private static boolean evened(Map<String, Integer> held) {
        int total = held.values().stream().mapToInt(Integer::intValue).sum();
        int share = Math.ceilDiv(total, held.size());
        Map<String, Integer> after = new TreeMap<>(held);
        for (String node : held.keySet()) {
            for (Shares.Gift gift : new Shares(held).giftsOf(node)) {
                after.merge(node, -gift.bots(), Integer::sum);
                after.merge(gift.to(), gift.bots(), Integer::sum);
            }
        }
        return after.values().stream().mapToInt(Integer::intValue).sum() == total
                && after.values().stream().allMatch(bots -> bots <= share + Math.max(1, share / 20));
    }
}
