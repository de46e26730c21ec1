package io.holdfast.simulator;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A private chat of one user with one bot, or a group; keeps its last messages. */
public final class SimChat {

    private static final long MAX_BASIC_GROUP_ID = 0;
    private static final long FIRST_SUPERGROUP_ID = -1_000_000_000_000L;

    private final long id;
    private final String title;
    private final String json;
    private final List<SimUser> users = new CopyOnWriteArrayList<>();
    private final List<SimBot> bots = new CopyOnWriteArrayList<>();
    private final Map<Long, String> shutOut = new ConcurrentHashMap<>();
    private final Set<Long> threads = ConcurrentHashMap.newKeySet();
    private final Map<Long, SimMessage> messages;
    private final Set<Long> deleted = new HashSet<>();
    private long lastMessageId;
    private volatile boolean forum;
    private volatile long migratedTo;

    SimChat(long id, String title, String username, int messagesKept) {
        this.id = id;
        this.title = title;
        this.messages = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Long, SimMessage> eldest) {
                return size() > messagesKept;
            }
        };
        StringBuilder out = new StringBuilder("{");
        Json.raw(out, "id", id);
        Json.text(out, isPrivate() ? "first_name" : "title", title);
        if (!username.isEmpty()) {
            Json.text(out, "username", username);
        }
        this.json = Json.text(out, "type", type()).append('}').toString();
    }

    /** Telegram's chat id: the user's id in private chats, negative in groups. */
    public long id() {
        return id;
    }

    public String title() {
        return title;
    }

    /** {@code private}, {@code group} or {@code supergroup}. */
    public String type() {
        return isPrivate() ? "private" : id < FIRST_SUPERGROUP_ID ? "supergroup" : "group";
    }

    public boolean isPrivate() {
        return id > MAX_BASIC_GROUP_ID;
    }

    public List<SimUser> users() {
        return List.copyOf(users);
    }

    public List<SimBot> bots() {
        return List.copyOf(bots);
    }

    /** The user of a private chat, the first member of a group. */
    public SimUser user() {
        return users.getFirst();
    }

    /** The messages that are kept, oldest first. */
    public synchronized List<SimMessage> messages() {
        return List.copyOf(messages.values());
    }

    public synchronized @Nullable SimMessage message(long messageId) {
        return messages.get(messageId);
    }

    /** The newest message, for tests that have just awaited it. */
    public synchronized SimMessage lastMessage() {
        return List.copyOf(messages.values()).getLast();
    }

    synchronized void restore(SimMessage message) {
        messages.put(message.id(), message);
    }

    synchronized void continueAfter(long messageId) {
        lastMessageId = messageId;
    }

    synchronized long lastMessageId() {
        return lastMessageId;
    }

    synchronized SimMessage add(LongFunction<SimMessage> messageOfId) {
        lastMessageId++;
        SimMessage message = messageOfId.apply(lastMessageId);
        messages.put(lastMessageId, message);
        return message;
    }

    synchronized @Nullable SimMessage change(long messageId, UnaryOperator<SimMessage> change) {
        return messages.computeIfPresent(messageId, (key, message) -> change.apply(message));
    }

    synchronized boolean delete(long messageId) {
        deleted.add(messageId);
        return messages.remove(messageId) != null;
    }

    /** Also true of a message that was made but is not kept any more. */
    synchronized boolean hadMessage(long messageId) {
        return messageId > 0 && messageId <= lastMessageId && !deleted.contains(messageId);
    }

    void join(SimUser user) {
        if (users.stream().noneMatch(member -> member.id() == user.id())) {
            users.add(user);
        }
    }

    void join(SimBot bot) {
        if (!bots.contains(bot)) {
            bots.add(bot);
        }
    }

    /** Makes the chat a forum with one more topic. */
    void openThread(long threadId) {
        forum = true;
        threads.add(threadId);
    }

    void closeThread(long threadId) {
        threads.remove(threadId);
    }

    /** Thread 1 is the General topic, which Telegram does not let bots name. */
    boolean hasThread(long threadId) {
        return forum && threads.contains(threadId);
    }

    void shutOut(SimBot bot, String reason) {
        shutOut.put(bot.id(), reason);
    }

    void letIn(SimBot bot) {
        shutOut.remove(bot.id());
    }

    boolean isShutOut(SimBot bot) {
        return shutOut.containsKey(bot.id());
    }

    void migrateTo(SimChat supergroup) {
        migratedTo = supergroup.id();
        users.forEach(supergroup::join);
        bots.forEach(supergroup::join);
    }

    /** Refuses as Telegram does when the bot cannot write here. */
    void requireOpenTo(SimBot bot) throws ApiException {
        if (migratedTo != 0) {
            throw ApiException.migrated(migratedTo);
        }
        String reason = shutOut.get(bot.id());
        if (reason != null) {
            throw ApiException.forbidden(reason);
        }
    }

    String json() {
        return json;
    }

    @Override
    public String toString() {
        return type() + " " + title + " (" + id + ")";
    }
}
