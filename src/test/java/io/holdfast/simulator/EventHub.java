package io.holdfast.simulator;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** Tells listeners of the chat page what happens; costs nothing while nobody listens. */
final class EventHub {

    private static final int MOST_WAITING = 4096;

    private final List<BlockingQueue<String>> listeners = new CopyOnWriteArrayList<>();

    BlockingQueue<String> subscribe() {
        BlockingQueue<String> queue = new ArrayBlockingQueue<>(MOST_WAITING);
        listeners.add(queue);
        return queue;
    }

    void unsubscribe(BlockingQueue<String> queue) {
        listeners.remove(queue);
    }

    boolean hasListeners() {
        return !listeners.isEmpty();
    }

    /** A listener that does not keep up loses what it missed and is told to read the state again. */
    void publish(String type, Supplier<String> json) {
        if (listeners.isEmpty()) {
            return;
        }
        String event = "event: " + type + "\ndata: " + json.get() + "\n\n";
        for (BlockingQueue<String> queue : listeners) {
            if (!queue.offer(event)) {
                queue.clear();
                boolean told = queue.offer("event: resync\ndata: {}\n\n");
                assert told : "a cleared queue takes one event";
            }
        }
    }
}
