package io.holdfast.lane;

import io.holdfast.lane.ChatSends.Entry;
import io.holdfast.resilience.TokenBucket;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whose turn it is among the bots of this node: an earlier band first, within it the bots in turn. Not thread-safe. */
final class SendOrder {
    private final SendLimits limits;
    private final @Nullable TokenBucket node;
    private final Map<Band, TimedRing<SendLane>> rings = new EnumMap<>(Band.class);
    private int outBulk;
    private boolean halted;
    private boolean shedding;

    SendOrder(SendLimits limits, long now) {
        this.limits = limits;
        this.node = limits.perSecond() == 0
                ? null
                : TokenBucket.withOneToken(
                        new TokenBucket.Rate(Duration.ofSeconds(1).dividedBy(limits.perSecond()), 1), now);
    }

    /** Something about the lane has changed. */
    void place(SendLane lane, long now) {
        for (Band band : Band.values()) {
            ring(band).put(lane, lane.readyAt(band), now);
        }
    }

    void remove(SendLane lane) {
        outBulk -= lane.outBulk();
        rings.values().forEach(ring -> ring.remove(lane));
    }

    /** So many more messages of class BULK are out. */
    void countBulk(int more) {
        outBulk += more;
    }

    /** True: nothing comes out, since the way to the channel is cut. */
    void halt(boolean nowHalted) {
        halted = nowHalted;
    }

    /** True: nothing of class BULK comes out, since this node has too much to do for people who wait. */
    void shed(boolean nowShedding) {
        shedding = nowShedding;
    }

    /** Takes the next message that may be sent now, or answers null. */
    @Nullable
    Entry next(long now) {
        if (gateAt() > now) {
            return null;
        }
        for (Band band : Band.values()) {
            Entry entry = isClosed(band) ? null : next(band, now);
            if (entry != null) {
                return entry;
            }
        }
        return null;
    }

    /** When {@link #next} gives something, as far as is known now. */
    long nextAt() {
        long earliest = TimedRing.NEVER;
        for (Band band : Band.values()) {
            earliest = isClosed(band) ? earliest : Math.min(earliest, ring(band).nextAt());
        }
        return Math.max(earliest, gateAt());
    }

    private @Nullable Entry next(Band band, long now) {
        for (SendLane lane = ring(band).poll(now);
                lane != null;
                lane = ring(band).poll(now)) {
            Entry entry = lane.readyAt(band) <= now ? lane.take(band, now) : null;
            place(lane, now);
            if (entry != null) {
                countBulk(band == Band.BULK ? 1 : 0);
                if (node != null) {
                    node.take(now);
                }
                return entry;
            }
        }
        return null;
    }

    private long gateAt() {
        if (halted) {
            return TimedRing.NEVER;
        }
        return node == null ? TimedRing.NOW : node.readyAt();
    }

    private boolean isClosed(Band band) {
        return band == Band.BULK && (shedding || outBulk >= limits.bulk());
    }

    private TimedRing<SendLane> ring(Band band) {
        return rings.computeIfAbsent(band, name -> new TimedRing<>());
    }
}
