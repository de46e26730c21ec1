package io.holdfast.rig;

import static org.awaitility.Awaitility.await;

import io.holdfast.simulator.ApiCall;
import io.holdfast.simulator.Journal;
import io.holdfast.simulator.SimBot;
import io.holdfast.simulator.SimChat;
import io.holdfast.simulator.Simulator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The node that takes an update in tells the bot's own node; nothing may depend on whether that call arrives. */
@Tag("rig")
@Tag("nudges")
class NudgesIT {
    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private record Talk(SimBot bot, SimChat chat) {}

    @Test
    void an_update_at_a_node_that_does_not_own_the_bot_is_answered_soon_without_a_single_nudge() throws Exception {
        Cell.run("nudges", cell -> {
            int updates = cell.size().of(5, 100, 1_000);
            try (Cluster cluster = Cluster.open(cell, 2);
                    Load load = cluster.load(cell, 4, 4)) {
                long calls = cluster.installation().simulator().journal().callCount();
                List<Talk> talks = talks(cluster, load);
                figure(cell, "nudges arrive", answers(cluster, talks, updates));
                for (LinkScript lost : List.of(LinkScript.refuse(), LinkScript.blackHole())) {
                    cluster.nodes().forEach(node -> node.internal().play(lost));
                    figure(cell, "nudges lost (%s)".formatted(lost.name()), answers(cluster, talks, updates));
                }
                cluster.nodes().forEach(node -> node.internal().play(LinkScript.whole()));
                long lost = cluster.nodes().stream()
                        .mapToLong(node -> node.internal().struck())
                        .sum();
                cell.verdict().atLeast("calls between nodes that were swallowed", (double) lost, 1, "");
                load.settle(PATIENCE);
                cell.verdict()
                        .none("rows without an end, due rows", load.checker().unfinished(), 3L * updates);
                cluster.ledger().judge(cell.verdict(), load, calls, 0);
            }
        });
    }

    /** A chat of each bot, which said something already: the bot lives somewhere. */
    private static List<Talk> talks(Cluster cluster, Load load) {
        Simulator simulator = cluster.installation().simulator();
        List<Talk> talks = new ArrayList<>();
        for (SimBot bot : load.bots()) {
            SimChat chat = simulator.privateChat(bot, "Nina");
            simulator.say(bot, chat, "/echo first");
            cluster.installation().answers(chat, 1, PATIENCE);
            talks.add(new Talk(bot, chat));
        }
        return talks;
    }

    private static List<Duration> answers(Cluster cluster, List<Talk> talks, int updates) {
        List<Duration> measured = new ArrayList<>();
        for (int i = 0; i < updates; i++) {
            measured.add(answer(cluster, talks.get(i % talks.size())));
        }
        return measured;
    }

    /** From the user's message, which comes in where the bot does not live, to the answer. */
    private static Duration answer(Cluster cluster, Talk talk) {
        cluster.front().routeTo(elsewhere(cluster, talk.bot()));
        Simulator simulator = cluster.installation().simulator();
        Journal journal = simulator.journal();
        long before = journal.callCount();
        long said = System.nanoTime();
        simulator.say(talk.bot(), talk.chat(), "/echo again");
        Predicate<ApiCall> answers = call -> call.method().equals("sendMessage")
                && call.chatId() == talk.chat().id()
                && call.accepted();
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> journal.callsAfter(before).stream().anyMatch(answers));
        return Duration.ofNanos(journal.callsAfter(before).stream()
                        .filter(answers)
                        .findFirst()
                        .orElseThrow()
                        .atNanos()
                - said);
    }

    private static Node elsewhere(Cluster cluster, SimBot bot) {
        return cluster.nodes().stream()
                .filter(node -> node.server().running())
                .filter(node -> cluster.ledger().living(List.of(bot), node).isEmpty())
                .findFirst()
                .orElseThrow();
    }

    private static void figure(Cell cell, String name, List<Duration> answers) {
        cell.verdict().figure(name + ", median", Cell.seconds(Durations.percentile(answers, 0.5)));
        cell.verdict()
                .within(
                        name + ", longest answer",
                        Durations.seconds(Durations.longest(answers)),
                        Durations.seconds(LIMIT));
    }
}
