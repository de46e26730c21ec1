package io.holdfast.rig;

import io.holdfast.simulator.ApiCall;
import io.holdfast.simulator.SimBot;
import io.holdfast.simulator.SimChat;
import io.holdfast.simulator.Simulator;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Drives /echo in many chats and checks the answers against what was said.
 *
 * <p>The n-th message of a chat says {@code mN} and must be answered {@code mN #N}: a lost update leaves a gap, an effect applied
 * twice or out of order shows in the number, a send made twice shows as a copy.
 */
final class Echoes {

    /** What the check found; all zero but {@code said}, {@code answered} and perhaps {@code copies}. */
    record Verdict(int said, int answered, int lost, int wrongNumbers, int outOfOrder, int copies) {}

    private record Talk(SimBot bot, SimChat chat) {}

    private final Simulator simulator;
    private final List<Talk> talks = new ArrayList<>();
    private final Map<Long, Integer> saidByChat = new ConcurrentHashMap<>();
    private int next;

    Echoes(Simulator simulator, List<SimBot> bots, int chats) {
        this.simulator = simulator;
        for (int i = 0; i < chats; i++) {
            SimBot bot = bots.get(i % bots.size());
            SimChat chat = simulator.privateChat(bot, "User " + i);
            talks.add(new Talk(bot, chat));
        }
    }

    /** Says the next message in the next chat. */
    void sayOne() {
        Talk talk = talks.get(next++ % talks.size());
        int number = saidByChat.merge(talk.chat().id(), 1, Integer::sum);
        simulator.say(talk.bot(), talk.chat(), "/echo m" + number);
    }

    int said() {
        return saidByChat.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** How many different messages were answered so far. */
    int answered() {
        Set<String> answers = new HashSet<>();
        sends().forEach(call -> answers.add(call.chatId() + call.parameter("text")));
        return answers.size();
    }

    Verdict check() {
        Map<Long, List<String>> byChat = new TreeMap<>();
        sends().forEach(call -> byChat.computeIfAbsent(call.chatId(), chat -> new ArrayList<>())
                .add(String.valueOf(call.parameter("text"))));
        int answered = 0;
        int lost = 0;
        int wrong = 0;
        int disorder = 0;
        int copies = 0;
        for (Map.Entry<Long, Integer> said : saidByChat.entrySet()) {
            List<String> texts = byChat.getOrDefault(said.getKey(), List.of());
            Set<Integer> seen = new HashSet<>();
            int highest = 0;
            for (String text : texts) {
                int message = Integer.parseInt(text.substring(1, text.indexOf(' ')));
                if (!text.equals("m%d #%d".formatted(message, message))) {
                    wrong++;
                }
                if (!seen.add(message)) {
                    copies++;
                } else if (message < highest) {
                    disorder++;
                }
                highest = Math.max(highest, message);
            }
            answered += seen.size();
            lost += said.getValue() - seen.size();
        }
        return new Verdict(said(), answered, lost, wrong, disorder, copies);
    }

    private List<ApiCall> sends() {
        return simulator
                .journal()
                .calls(call -> call.method().equals("sendMessage")
                        && call.accepted()
                        && saidByChat.containsKey(call.chatId()));
    }
}
