package io.holdfast.bench;

import io.holdfast.simulator.ApiCall;
import io.holdfast.simulator.SimBot;
import io.holdfast.simulator.Simulator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The chats of a load, dealt out to the bots in turn, and who hears their answers. */
final class Talks {
    private static final Duration POLL = Duration.ofMillis(20);

    /** Told of each answer in the thread that makes it. */
    @FunctionalInterface
    interface Hearer {
        void heard(Talk talk, int number, ApiCall call);
    }

    private final Simulator simulator;
    private final List<Talk> talks = new ArrayList<>();
    private final Map<Long, Talk> byChat;
    private final LongAdder answered = new LongAdder();
    private volatile @Nullable Hearer hearer;

    Talks(Simulator simulator, List<SimBot> bots, int chats) {
        this.simulator = simulator;
        for (int i = 0; i < chats; i++) {
            SimBot bot = bots.get(i % bots.size());
            talks.add(new Talk(i, bot, simulator.privateChat(bot, "User " + i)));
        }
        this.byChat =
                talks.stream().collect(Collectors.toMap(talk -> talk.chat().id(), Function.identity()));
        simulator.journal().onCall(this::hear);
    }

    private void hear(ApiCall call) {
        Talk talk = byChat.get(call.chatId());
        if (talk == null || !call.accepted() || !call.method().equals("sendMessage")) {
            return;
        }
        int number = talk.heard();
        answered.increment();
        Hearer now = hearer;
        if (now != null) {
            now.heard(talk, number, call);
        }
    }

    void hearer(@Nullable Hearer next) {
        hearer = next;
    }

    void say(Talk talk) {
        simulator.say(talk.bot(), talk.chat(), talk.next());
    }

    List<Talk> all() {
        return talks;
    }

    long answered() {
        return answered.sum();
    }

    /** Waits until each message has its answer, or patience ends. */
    void settle(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (talks.stream().anyMatch(talk -> talk.answered() < talk.said()) && System.nanoTime() - deadline < 0) {
            Bench.pass(POLL);
        }
    }

    /**
     * Fails where a message has no answer or more than one, or one that shows another number of effects: figures of a server
     * that loses work are none.
     */
    void judge(Sheet sheet) {
        settle(Duration.ofSeconds(60));
        sheet.figure("updates answered in all", answered(), "");
        List<Talk> wrong = talks.stream().filter(talk -> !talk.right()).toList();
        if (!wrong.isEmpty()) {
            throw new AssertionError(
                    "%d of %d chats have lost, repeated or confused answers, the first one: %d said, %d answered, the last is %s"
                            .formatted(
                                    wrong.size(),
                                    talks.size(),
                                    wrong.getFirst().said(),
                                    wrong.getFirst().answered(),
                                    wrong.getFirst().chat().lastMessage().text()));
        }
    }
}
