package io.holdfast.lane;

import io.holdfast.kernel.BotId;
import io.holdfast.lane.ChatSends.Entry;
import io.holdfast.outbox.OutboxState;
import io.holdfast.outbox.QueuedMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The messages of one bot: its chats in turn within a band. Not thread-safe: {@link SendQueues} holds its lock around every call. */
final class SendLane {
    /** An uncertain message holds back those after it no longer than this. */
    private static final long LONGEST_UNCERTAIN_HOLD = Duration.ofSeconds(10).toNanos();
    /** What waits longer is looked at for its deadline. */
    private static final long FIRST_LOOK = Duration.ofSeconds(30).toNanos();

    final BotId bot;
    private final SendLimits limits;
    private final BotPace pace;
    private final BotPause pause = new BotPause();
    private final Previews previews = new Previews();
    private final Chats chats;
    private final TreeMap<Long, Entry> entries = new TreeMap<>();
    private final Map<Band, TimedRing<ChatSends>> rings = new EnumMap<>(Band.class);
    private final TimedRing<Entry> looks = new TimedRing<>();
    private long highest;
    private boolean started;
    private int talking;
    private int bulk;

    SendLane(BotId bot, SendLimits limits, long now) {
        this.bot = bot;
        this.limits = limits;
        this.pace = new BotPace(now);
        this.chats = new Chats(pace);
    }

    boolean run(boolean gives) {
        started = gives;
        return true;
    }

    boolean ownPace(boolean own, long now) {
        pace.own(own);
        chats.forEach(chat -> place(chat, now));
        return true;
    }

    /** Adds a message unless it is here; a preview of {@code target} that it makes needless goes. True. */
    boolean add(QueuedMessage message, long heldUntil, @Nullable String target, long now) {
        long id = message.outboxId();
        highest = Math.max(highest, id);
        if (contains(id)) {
            return true;
        }
        Entry needless = previews.madeNeedless(target, id);
        if (needless != null) {
            remove(needless, now);
            previews.replaced(needless);
        }
        ChatSends chat = chats.of(message.chatId(), now);
        Entry entry = chat.add(message, heldUntil);
        entries.put(id, entry);
        previews.waits(entry, target);
        looks.put(entry, now + FIRST_LOOK, now);
        place(chat, now);
        return true;
    }

    long readyAt(Band band) {
        boolean full = band == Band.BULK ? talking + bulk >= limits.bulkPerBot() : talking >= limits.perBot();
        if (!started || full) {
            return TimedRing.NEVER;
        }
        return Math.max(Math.max(pause.until(), pace.readyAt(band)), ring(band).nextAt());
    }

    /** Takes the next message of the band, whose {@link #readyAt} has come; null when none of its chats may send yet. */
    @Nullable
    Entry take(Band band, long now) {
        for (ChatSends chat = ring(band).poll(now);
                chat != null;
                chat = ring(band).poll(now)) {
            Entry entry = chat.take(band, now);
            place(chat, now);
            if (entry != null) {
                count(band, 1);
                looks.remove(entry);
                previews.waitsNoMore(entry);
                return entry;
            }
        }
        return null;
    }

    void finish(Entry entry, long now) {
        count(entry.band(), -1);
        entry.out = false;
        remove(entry, now);
    }

    void hold(Entry entry, QueuedMessage instead, long until, long now) {
        count(entry.band(), -1);
        boolean uncertain = instead.state() == OutboxState.UNCERTAIN;
        entry.chat.giveBack(entry, instead, uncertain ? Math.min(until, now + LONGEST_UNCERTAIN_HOLD) : until);
        looks.put(entry, now + FIRST_LOOK, now);
        place(entry.chat, now);
    }

    boolean release(long id, long now) {
        Entry entry = entries.get(id);
        if (entry != null && !entry.out) {
            entry.heldUntil = TimedRing.NOW;
            place(entry.chat, now);
        }
        return contains(id);
    }

    /** A call was told to wait: pauses the chat, or the bot when it cannot be the chat alone. {@code told} is by the process's clock. */
    Pause throttled(Entry entry, Duration length, long now, long told) {
        long chat = pause.meansBot(entry.chat.id, length, now) ? Pause.WHOLE_BOT : entry.chat.id;
        return new Pause(bot, chat, length, pause(chat, length, now), told);
    }

    boolean pause(long chatId, Duration length, long now) {
        long until = now + length.toNanos();
        if (chatId == Pause.WHOLE_BOT) {
            return pause.prolong(until, now);
        }
        ChatSends chat = chats.of(chatId, now);
        boolean begun = chat.pause(until, now);
        chats.forgetLater(chat, now);
        place(chat, now);
        return begun;
    }

    boolean paused(long now) {
        return pause.until() > now;
    }

    boolean paused(@Nullable Long chatId, long now) {
        return paused(now) || chats.paused(chatId, now);
    }

    int pausedChats(long now) {
        return chats.paused(now);
    }

    List<QueuedMessage> removeChat(long chatId, long now) {
        List<Entry> waiting = entries.values().stream()
                .filter(entry -> entry.chat.id == chatId && !entry.out)
                .toList();
        waiting.forEach(entry -> remove(entry, now));
        return waiting.stream().map(entry -> entry.message).toList();
    }

    List<QueuedMessage> replaced(int limit) {
        return previews.replaced(limit);
    }

    /** What has waited so long that its deadline may have passed. */
    List<QueuedMessage> toLookAt(int limit, long now) {
        List<QueuedMessage> old = new ArrayList<>();
        while (old.size() < limit) {
            Entry entry = looks.poll(now);
            if (entry == null) {
                break;
            }
            looks.put(entry, now + FIRST_LOOK, now);
            old.add(entry.message);
        }
        return old;
    }

    boolean lookAgain(long id, long at, long now) {
        Entry entry = entries.get(id);
        if (entry != null && !entry.out) {
            looks.put(entry, at, now);
        }
        return entry != null;
    }

    boolean closed(long id, long now) {
        previews.closed(id);
        Entry entry = entries.get(id);
        if (entry != null && !entry.out) {
            remove(entry, now);
        }
        return entry != null;
    }

    boolean contains(long id) {
        return entries.containsKey(id) || previews.isReplaced(id);
    }

    int size() {
        return entries.size() + previews.size();
    }

    int out() {
        return talking + bulk;
    }

    int waiting() {
        return entries.size() - out();
    }

    int outBulk() {
        return bulk;
    }

    /** The lowest id that is not finished; NEVER when there is none. */
    long lowest() {
        return Math.min(entries.isEmpty() ? TimedRing.NEVER : entries.firstKey(), previews.lowest());
    }

    long highestSeen() {
        return highest;
    }

    private void remove(Entry entry, long now) {
        entries.remove(entry.id());
        looks.remove(entry);
        previews.waitsNoMore(entry);
        entry.chat.remove(entry);
        chats.forgetLater(entry.chat, now);
        place(entry.chat, now);
    }

    private void place(ChatSends chat, long now) {
        for (Band band : Band.values()) {
            ring(band).put(chat, chat.readyAt(band), now);
        }
    }

    private TimedRing<ChatSends> ring(Band band) {
        return rings.computeIfAbsent(band, name -> new TimedRing<>());
    }

    private void count(Band band, int by) {
        bulk += band == Band.BULK ? by : 0;
        talking += band == Band.BULK ? 0 : by;
    }
}
