package io.holdfast.node;

import java.time.Duration;

/**
 * A node as the database showed it last.
 *
 * @param alive true while its lease held
 * @param leaseLeft how long its lease still held; zero where it was over
 * @param takesBots false while it starts or stops
 * @param leftBots true where its lease is over and bots are still said to live on it
 */
public record Neighbour(String id, String url, boolean alive, Duration leaseLeft, boolean takesBots, boolean leftBots) {

    /** True where a bot may be given to it. */
    public boolean takes() {
        return alive && takesBots;
    }
}
