package io.holdfast.node;

import java.time.Duration;

/**
 * A node as the database showed it last.
 *
 * @param leaseLeft how long its lease still held; zero where it was over
 * @param takesBots false while it starts or stops
 * @param leftBots true where its lease is over and bots are still said to live on it
 */
public record Neighbour(String id, String url, Duration leaseLeft, boolean takesBots, boolean leftBots) {

    /** True while its lease held. */
    public boolean alive() {
        return !leaseLeft.isZero();
    }

    /** True where a bot may be given to it. */
    public boolean takes() {
        return alive() && takesBots;
    }
}
