package io.holdfast.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** GET /sim/events: what happens, as server-sent events, until the listener goes away. */
final class EventStream {

    private static final long HEARTBEAT_SECONDS = 10;

    private final World world;

    EventStream(World world) {
        this.world = world;
        world.journal().onCall(call -> world.events().publish("call", () -> StateView.call(call)));
    }

    void serve(HttpConnection connection) throws IOException, InterruptedException {
        OutputStream out = connection.stream("text/event-stream");
        BlockingQueue<String> events = world.events().subscribe();
        try {
            out.write("event: ready\ndata: {}\n\n".getBytes(UTF_8));
            while (true) {
                String event = events.poll(HEARTBEAT_SECONDS, TimeUnit.SECONDS);
                out.write((event == null ? ": still here\n\n" : event).getBytes(UTF_8));
            }
        } finally {
            world.events().unsubscribe(events);
        }
    }
}
