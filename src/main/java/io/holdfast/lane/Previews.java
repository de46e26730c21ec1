package io.holdfast.lane;

import io.holdfast.lane.ChatSends.Entry;
import io.holdfast.outbox.MessageClass;
import io.holdfast.outbox.QueuedMessage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The previews of one bot that wait, by what they change, and those that a newer message has made needless. Not thread-safe.
 *
 * <p>A replaced one is still open in the database until somebody has closed its row.
 */
final class Previews {
    private final Map<String, Entry> waiting = new HashMap<>();
    private final TreeMap<Long, QueuedMessage> replaced = new TreeMap<>();

    /** The waiting preview that a message with this id makes needless, or null. */
    @Nullable
    Entry madeNeedless(@Nullable String target, long by) {
        Entry older = target == null ? null : waiting.get(target);
        return older != null && older.id() < by ? older : null;
    }

    void waits(Entry entry, @Nullable String target) {
        if (target != null && entry.message.messageClass() == MessageClass.PROGRESS) {
            entry.preview = target;
            waiting.put(target, entry);
        }
    }

    void waitsNoMore(Entry entry) {
        if (entry.preview != null) {
            waiting.remove(entry.preview, entry);
        }
    }

    void replaced(Entry entry) {
        replaced.put(entry.id(), entry.message);
    }

    List<QueuedMessage> replaced(int limit) {
        return replaced.values().stream().limit(limit).toList();
    }

    boolean isReplaced(long id) {
        return replaced.containsKey(id);
    }

    void closed(long id) {
        replaced.remove(id);
    }

    int size() {
        return replaced.size();
    }

    /** NEVER when none is replaced. */
    long lowest() {
        return replaced.isEmpty() ? TimedRing.NEVER : replaced.firstKey();
    }
}
