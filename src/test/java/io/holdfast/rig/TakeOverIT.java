package io.holdfast.rig;

import static org.awaitility.Awaitility.await;

import io.holdfast.simulator.ApiCall;
import io.holdfast.simulator.Journal;
import io.holdfast.simulator.SimBot;
import io.holdfast.simulator.SimChat;
import io.holdfast.simulator.Simulator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A node dies and does not come back: its bots are answered by another one, soon after nobody can believe any more that it lives. */
@Tag("rig")
@Tag("take-over")
class TakeOverIT {
    private static final Duration LIMIT = Cluster.LEASE.plusSeconds(2);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String REMINDER = "⏰";
    private static final String PROMISE = "I will remind you";

    @Test
    void the_bots_of_a_node_that_died_are_answered_by_another_one_when_its_lease_is_over() throws Exception {
        Cell.run("take-over", cell -> {
            int kills = cell.size().of(1, 10, 50);
            List<Duration> answers = new ArrayList<>();
            List<Duration> reminders = new ArrayList<>();
            try (Cluster cluster = Cluster.open(cell, 2);
                    Load load = cluster.load(cell, 5, 200)) {
                Map<SimBot, SimChat> quiet = quiet(cell, cluster);
                Journal journal = cluster.installation().simulator().journal();
                long calls = journal.callCount();
                load.begin(50);
                for (int kill = 0; kill < kills; kill++) {
                    cell.pass(cell.between(3, 6));
                    Node node = cluster.fullest(load.bots());
                    List<SimBot> open = cluster.ledger().living(load.bots(), node);
                    List<SimBot> due = cluster.ledger().living(List.copyOf(quiet.keySet()), node);
                    remind(cluster, quiet, due);
                    long before = journal.callCount();
                    node.kill9();
                    long killed = System.nanoTime();
                    answers.addAll(firsts(
                            journal,
                            before,
                            killed,
                            open,
                            call -> !call.caller().equals(node.id())));
                    reminders.addAll(firsts(journal, before, killed, due, TakeOverIT::reminds));
                    node.run();
                }
                load.judge(cell);
                judge(cell.verdict(), kills, answers, reminders);
                cluster.ledger().judge(cell.verdict(), load, calls, 0);
            }
        });
    }

    /** Bots that nobody talks to any more, each with a chat, so that a reminder alone can bring them back. */
    private static Map<SimBot, SimChat> quiet(Cell cell, Cluster cluster) {
        Simulator simulator = cluster.installation().simulator();
        Map<SimBot, SimChat> quiet = new LinkedHashMap<>();
        cluster.load(cell, 4, 4).bots().forEach(bot -> quiet.put(bot, simulator.privateChat(bot, "Dora")));
        quiet.forEach((bot, chat) -> simulator.say(bot, chat, "/echo first"));
        quiet.values().forEach(chat -> cluster.installation().answers(chat, 1, PATIENCE));
        return quiet;
    }

    /** Has them remind somebody of something a few seconds later, and waits until they have said that they will. */
    private static void remind(Cluster cluster, Map<SimBot, SimChat> quiet, List<SimBot> bots) {
        Simulator simulator = cluster.installation().simulator();
        long before = simulator.journal().callCount();
        for (SimBot bot : bots) {
            SimChat chat = Objects.requireNonNull(quiet.get(bot));
            simulator.say(bot, chat, "/remind 5s tea");
        }
        await().atMost(PATIENCE)
                .until(() -> simulator.journal().callsAfter(before).stream()
                                .filter(call ->
                                        String.valueOf(call.parameter("text")).startsWith(PROMISE))
                                .count()
                        == bots.size());
    }

    private static boolean reminds(ApiCall call) {
        return String.valueOf(call.parameter("text")).startsWith(REMINDER);
    }

    /** How long after the kill each of the bots sent its first such message. */
    private static List<Duration> firsts(
            Journal journal, long before, long killed, List<SimBot> bots, Predicate<ApiCall> wanted) {
        Map<Long, Long> found = new HashMap<>();
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).until(() -> {
            journal.callsAfter(before).stream()
                    .filter(call -> call.method().equals("sendMessage") && call.accepted())
                    .filter(wanted)
                    .forEach(call -> found.putIfAbsent(call.botId(), call.atNanos()));
            return bots.stream().allMatch(bot -> found.containsKey(bot.id()));
        });
        return bots.stream()
                .map(bot -> Duration.ofNanos(found.getOrDefault(bot.id(), killed) - killed))
                .toList();
    }

    private static void judge(Verdict verdict, int kills, List<Duration> answers, List<Duration> reminders) {
        verdict.figure("kills", kills);
        verdict.atLeast("bots with open work that were taken over", answers.size(), kills, "");
        verdict.figure("bots with due work only that were taken over", reminders.size());
        Durations.figure(verdict, "kill to first answer of the other", answers, LIMIT);
        verdict.within(
                "kill to first answer of the other, longest",
                Durations.seconds(Durations.longest(answers)),
                Durations.seconds(LIMIT));
        verdict.within(
                "kill to a reminder of the other, longest",
                Durations.seconds(Durations.longest(reminders)),
                Durations.seconds(LIMIT));
    }
}
