package io.holdfast.node;

/**
 * A node as the database showed it last.
 *
 * @param alive true while its lease held
 * @param takesBots false while it starts or stops
 * @param leftBots true where its lease is over and bots are still said to live on it
 */
public record Neighbour(String id, String url, boolean alive, boolean takesBots, boolean leftBots) {

    /** True where a bot may be given to it. */
    public boolean takes() {
        return alive && takesBots;
    }
}
