package io.holdfast.rig;

import io.holdfast.simulator.ApiCall;
import io.holdfast.simulator.SimBot;
import io.holdfast.simulator.SimChat;
import io.holdfast.simulator.Simulator;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Drives /echo in many chats and checks the answers against what was said.
 *
 * <p>The n-th message of a chat says {@code mN} and must be answered {@code mN #N}: a lost update leaves a gap, an effect applied
 * twice or out of order shows in the number, a send made twice shows as a copy. Each call of the journal is read once.
 */
final class Echoes {

    /** What the check found; all zero but {@code said}, {@code answered} and perhaps {@code copies}. */
    record Verdict(int said, int answered, int lost, int wrongNumbers, int outOfOrder, int copies) {}

    /** The n-th message of a chat. */
    record Message(long chat, int number) {}

    private static final Pattern ANSWER = Pattern.compile("m(\\d+) #(\\d+)");

    private static final class Talk {
        private final SimBot bot;
        private final SimChat chat;
        private final AtomicInteger said = new AtomicInteger();
        private final BitSet answered = new BitSet();
        private final Map<Integer, Integer> copies = new HashMap<>();
        private int highest;
        private int wrong;
        private int disorder;

        Talk(SimBot bot, SimChat chat) {
            this.bot = bot;
            this.chat = chat;
        }

        void hear(String text) {
            Matcher answer = ANSWER.matcher(text);
            if (!answer.matches()) {
                return;
            }
            int number = Integer.parseInt(answer.group(1));
            if (!answer.group(1).equals(answer.group(2))) {
                wrong++;
            }
            if (answered.get(number)) {
                copies.merge(number, 1, Integer::sum);
            } else if (number < highest) {
                disorder++;
            }
            answered.set(number);
            highest = Math.max(highest, number);
        }
    }

    private final Simulator simulator;
    private final List<Talk> talks = new ArrayList<>();
    private final Map<Long, Talk> byChat = new HashMap<>();
    private int next;
    private long heard;
    private int answers;

    Echoes(Simulator simulator, List<SimBot> bots, int chats) {
        this.simulator = simulator;
        this.heard = simulator.journal().callCount();
        for (int i = 0; i < chats; i++) {
            SimBot bot = bots.get(i % bots.size());
            Talk talk = new Talk(bot, simulator.privateChat(bot, "User " + i));
            talks.add(talk);
            byChat.put(talk.chat.id(), talk);
        }
    }

    /** Says the next message in the next chat; by one thread. */
    void sayOne() {
        Talk talk = talks.get(next++ % talks.size());
        simulator.say(talk.bot, talk.chat, "/echo m" + talk.said.incrementAndGet());
    }

    int said() {
        return talks.stream().mapToInt(talk -> talk.said.get()).sum();
    }

    /** How many messages were said, by chat. */
    Map<Long, Integer> saidByChat() {
        Map<Long, Integer> said = new HashMap<>();
        talks.forEach(talk -> said.put(talk.chat.id(), talk.said.get()));
        return said;
    }

    /** How many different messages were answered so far. */
    synchronized int answered() {
        listen();
        return answers;
    }

    /** The messages without an answer. */
    synchronized List<Message> unanswered() {
        listen();
        List<Message> open = new ArrayList<>();
        for (Talk talk : talks) {
            for (int n = talk.answered.nextClearBit(1); n <= talk.said.get(); n = talk.answered.nextClearBit(n + 1)) {
                open.add(new Message(talk.chat.id(), n));
            }
        }
        return open;
    }

    /** How often the message was answered that was answered most often. */
    synchronized int mostAnswers() {
        listen();
        return talks.stream()
                .mapToInt(talk ->
                        talk.copies.values().stream().mapToInt(n -> n + 1).max().orElse(talk.highest > 0 ? 1 : 0))
                .max()
                .orElse(0);
    }

    synchronized Verdict check() {
        listen();
        int wrong = 0;
        int disorder = 0;
        int copies = 0;
        for (Talk talk : talks) {
            wrong += talk.wrong;
            disorder += talk.disorder;
            copies += talk.copies.values().stream().mapToInt(Integer::intValue).sum();
        }
        return new Verdict(said(), answers, said() - answers, wrong, disorder, copies);
    }

    private void listen() {
        for (ApiCall call : simulator.journal().callsAfter(heard)) {
            heard = call.seq();
            @Nullable
            Talk talk = call.method().equals("sendMessage") && call.accepted() ? byChat.get(call.chatId()) : null;
            if (talk != null) {
                int before = talk.answered.cardinality();
                talk.hear(String.valueOf(call.parameter("text")));
                answers += talk.answered.cardinality() - before;
            }
        }
    }
}
