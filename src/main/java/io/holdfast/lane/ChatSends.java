package io.holdfast.lane;

import io.holdfast.outbox.MessageClass;
import io.holdfast.outbox.QueuedMessage;
import io.holdfast.resilience.TokenBucket;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The messages of one chat, a queue for each class. Not thread-safe: {@link SendQueues} holds its lock around every call. */
final class ChatSends {

    /** One message in memory. */
    static final class Entry {
        final ChatSends chat;
        QueuedMessage message;
        long heldUntil;
        boolean out;

        @Nullable
        String preview;

        Entry(ChatSends chat, QueuedMessage message, long heldUntil) {
            this.chat = chat;
            this.message = message;
            this.heldUntil = heldUntil;
        }

        long id() {
            return message.outboxId();
        }

        Band band() {
            return Band.of(message.messageClass());
        }
    }

    /** One class of the chat: its first entry, until that is finished, then the one with the lowest id. */
    private static final class Queue {
        final TreeMap<Long, Entry> entries = new TreeMap<>();

        @Nullable
        Entry head;

        @Nullable
        Entry head() {
            if (head == null && !entries.isEmpty()) {
                return entries.firstEntry().getValue();
            }
            return head;
        }
    }

    /** Stands for the chat of calls that name none. */
    static final long NO_CHAT = 0;

    final long id;

    private final BotPace pace;
    private final TokenBucket bucket;
    private final Map<MessageClass, Queue> queues = new EnumMap<>(MessageClass.class);
    private long pausedUntil;
    private int size;

    ChatSends(long id, BotPace pace) {
        this.id = id;
        this.pace = pace;
        this.bucket = pace.ofChat(id);
    }

    Entry add(QueuedMessage message, long heldUntil) {
        Entry entry = new Entry(this, message, heldUntil);
        Queue queue = queues.computeIfAbsent(message.messageClass(), name -> new Queue());
        queue.entries.put(entry.id(), entry);
        size++;
        return entry;
    }

    /** When the band has something that may be sent. */
    long readyAt(Band band) {
        long earliest = TimedRing.NEVER;
        for (Queue queue : queues.values()) {
            earliest = Math.min(earliest, readyAt(band, queue.head()));
        }
        return earliest;
    }

    /** The oldest of the heads that may be sent now; it is out until {@link #remove} or {@link #giveBack}. */
    @Nullable
    Entry take(Band band, long now) {
        Entry oldest = null;
        for (Queue queue : queues.values()) {
            Entry head = queue.head();
            if (head != null && readyAt(band, head) <= now && (oldest == null || head.id() < oldest.id())) {
                oldest = head;
            }
        }
        if (oldest != null) {
            oldest.out = true;
            queueOf(oldest).head = oldest;
            pace.take(band, bucket, oldest.message.method(), now);
        }
        return oldest;
    }

    /** The entry stays the head of its queue, as {@code instead}, until its time. */
    void giveBack(Entry entry, QueuedMessage instead, long heldUntil) {
        entry.out = false;
        entry.message = instead;
        entry.heldUntil = heldUntil;
    }

    void remove(Entry entry) {
        Queue queue = queueOf(entry);
        queue.entries.remove(entry.id());
        size--;
        if (queue.head == entry) {
            queue.head = null;
        }
    }

    boolean pause(long until, long now) {
        boolean begun = pausedUntil <= now;
        pausedUntil = Math.max(pausedUntil, until);
        return begun;
    }

    boolean paused(long now) {
        return pausedUntil > now;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** From when on an empty chat says nothing that a new one would not. */
    long forgettableAt() {
        return Math.max(pausedUntil, bucket.fullAt());
    }

    private long readyAt(Band band, @Nullable Entry head) {
        if (head == null || head.out || head.band() != band || head.heldUntil == TimedRing.NEVER) {
            return TimedRing.NEVER;
        }
        long byPace = pace.readyAt(band, bucket, head.message.method());
        return Math.max(byPace, Math.max(head.heldUntil, pausedUntil));
    }

    private Queue queueOf(Entry entry) {
        return queues.computeIfAbsent(entry.message.messageClass(), name -> new Queue());
    }
}
