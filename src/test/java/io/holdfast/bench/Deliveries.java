package io.holdfast.bench;

import io.holdfast.simulator.Delivery;
import io.holdfast.simulator.Simulator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Keeps one update of each chat on its way to the webhook: the acknowledgement of one is the signal for the next. */
final class Deliveries {
    private final Simulator simulator;
    private final Map<Long, Talk> byChat;
    private final String text;
    private final LongAdder acknowledged = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private volatile boolean going;

    Deliveries(Simulator simulator, List<Talk> talks, String text) {
        this.simulator = simulator;
        this.byChat =
                talks.stream().collect(Collectors.toMap(talk -> talk.chat().id(), Function.identity()));
        this.text = text;
        simulator.journal().onDelivery(this::delivered);
    }

    void begin() {
        going = true;
        byChat.values().forEach(this::say);
    }

    void end() {
        going = false;
    }

    private void say(Talk talk) {
        simulator.say(talk.bot(), talk.chat(), text);
    }

    private void delivered(Delivery delivery) {
        Talk talk = byChat.get(delivery.chatId());
        if (talk == null) {
            return;
        }
        if (!delivery.acknowledged()) {
            refused.increment();
            return;
        }
        acknowledged.increment();
        if (going) {
            say(talk);
        }
    }

    long acknowledged() {
        return acknowledged.sum();
    }

    /** How many attempts were not acknowledged; Telegram repeats them. */
    long refused() {
        return refused.sum();
    }
}
