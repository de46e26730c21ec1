package io.holdfast.simulator;

import java.security.SecureRandom;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** All that one simulator knows: bots, users, chats, and the parts that everything uses. */
final class World {

    private static final String TOKEN_CHARS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
    private static final int TOKEN_SECRET_LENGTH = 35;

    private final SimulatorConfig config;
    private final SimClock clock;
    private final OwnedThreads threads = new OwnedThreads();
    private final Deadlines deadlines;
    private final Journal journal;
    private final Faults faults;
    private final EventHub events = new EventHub();
    private final Callbacks callbacks;
    private final RateLimits limits;
    private final RetrySchedule retries;
    private final SecureRandom secure = new SecureRandom();
    private final Map<String, SimBot> botsByToken = new ConcurrentHashMap<>();
    private final List<SimBot> bots = new CopyOnWriteArrayList<>();
    private final Map<Long, SimUser> users = new ConcurrentHashMap<>();
    private final List<SimChat> groups = new CopyOnWriteArrayList<>();
    private volatile BiConsumer<SimBot, byte[]> callInAnswer = (bot, body) -> {};
    private volatile @Nullable DeliveryRoute route;

    World(SimulatorConfig config) {
        this.config = config;
        this.clock = new SimClock(config.timeScale());
        this.deadlines = new Deadlines(clock);
        this.journal = new Journal(config.journalCapacity());
        this.faults = new Faults(config.seed());
        this.callbacks = new Callbacks(clock);
        this.limits = new RateLimits(clock, config.rateLimits());
        Random random = new Random(config.seed());
        this.retries = new RetrySchedule(random::nextDouble);
    }

    void start() {
        clock.start(threads);
        deadlines.start();
    }

    void route(@Nullable DeliveryRoute deliveries) {
        route = deliveries;
    }

    /** Where deliveries go; null for the webhooks' own hosts. */
    @Nullable
    DeliveryRoute route() {
        return route;
    }

    SimBot createBot(String username, String name) {
        if (!username.matches("[A-Za-z][A-Za-z0-9_]{4,31}") || name.isBlank()) {
            throw new IllegalArgumentException(
                    "a bot needs a user name of 5 to 32 letters, digits or _ that begins with a letter, and a name");
        }
        if (bots.stream().anyMatch(bot -> bot.username().equalsIgnoreCase(username))) {
            throw new IllegalArgumentException("there is a bot with the user name " + username + " already");
        }
        long id = ThreadLocalRandom.current().nextLong(1_000_000_000L, 10_000_000_000L);
        return restoreBot(new SimUser(id, name, username, true), newToken(id));
    }

    String newToken(long botId) {
        StringBuilder token = new StringBuilder().append(botId).append(':');
        for (int i = 0; i < TOKEN_SECRET_LENGTH; i++) {
            token.append(TOKEN_CHARS.charAt(secure.nextInt(TOKEN_CHARS.length())));
        }
        return token.toString();
    }

    void replaceToken(SimBot bot, String old, String fresh) {
        botsByToken.put(fresh, bot);
        botsByToken.remove(old);
    }

    @Nullable
    SimBot botOfToken(String token) {
        return botsByToken.get(token);
    }

    SimUser createUser(String firstName) {
        SimUser user = new SimUser(
                ThreadLocalRandom.current().nextLong(100_000_000L, 8_000_000_000L),
                firstName,
                nameOf(firstName),
                false);
        users.put(user.id(), user);
        return user;
    }

    private static String nameOf(String firstName) {
        String name = firstName.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]", "");
        return name.length() < 3 ? "" : name;
    }

    void restoreUser(SimUser user) {
        users.put(user.id(), user);
    }

    SimBot restoreBot(SimUser user, String token) {
        SimBot bot = new SimBot(this, user, token);
        botsByToken.put(token, bot);
        bots.add(bot);
        return bot;
    }

    SimChat restoreGroup(long id, String title) {
        SimChat chat = new SimChat(id, title, "", config.messagesKept());
        groups.add(chat);
        return chat;
    }

    SimChat privateChat(SimBot bot, SimUser user) {
        users.putIfAbsent(user.id(), user);
        return bot.chats().computeIfAbsent(user.id(), id -> {
            SimChat chat = new SimChat(id, user.firstName(), user.username(), config.messagesKept());
            chat.join(user);
            chat.join(bot);
            return chat;
        });
    }

    SimChat group(boolean supergroup, String title) {
        long id = -ThreadLocalRandom.current().nextLong(1_000_000_000L, 4_000_000_000L);
        SimChat chat = new SimChat(supergroup ? id - 1_000_000_000_000L : id, title, "", config.messagesKept());
        groups.add(chat);
        return chat;
    }

    void join(SimChat chat, SimBot bot) {
        chat.join(bot);
        bot.chats().put(chat.id(), chat);
    }

    /** The chat that a call names, as the bot may see it. */
    SimChat chatOf(SimBot bot, Params params) throws ApiException {
        String id = params.text("chat_id");
        if (id.isEmpty()) {
            throw ApiException.bad("chat_id is empty");
        }
        SimChat chat = bot.chat(params.integer("chat_id", 0));
        if (chat == null) {
            throw ApiException.bad("chat not found");
        }
        return chat;
    }

    SimBot requireBot(long id) {
        return bots.stream()
                .filter(bot -> bot.id() == id)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no bot " + id));
    }

    SimUser requireUser(long id) {
        SimUser user = users.get(id);
        if (user == null) {
            throw new IllegalArgumentException("there is no user " + id);
        }
        return user;
    }

    /** A private chat is named by its bot and its user; a group by itself. */
    SimChat requireChat(long botId, long chatId) {
        SimChat chat = groups.stream()
                .filter(group -> group.id() == chatId)
                .findFirst()
                .orElseGet(() -> botId == 0 ? null : requireBot(botId).chat(chatId));
        if (chat == null) {
            throw new IllegalArgumentException("there is no chat " + chatId
                    + (chatId > 0 ? " of bot " + botId + ": a private chat is named by botId and chatId" : ""));
        }
        return chat;
    }

    List<SimBot> bots() {
        return bots;
    }

    Collection<SimUser> users() {
        return users.values();
    }

    List<SimChat> groups() {
        return groups;
    }

    void onCallInAnswer(BiConsumer<SimBot, byte[]> executor) {
        callInAnswer = executor;
    }

    void callInAnswer(SimBot bot, byte[] body) {
        callInAnswer.accept(bot, body);
    }

    SimulatorConfig config() {
        return config;
    }

    SimClock clock() {
        return clock;
    }

    OwnedThreads threads() {
        return threads;
    }

    Deadlines deadlines() {
        return deadlines;
    }

    Journal journal() {
        return journal;
    }

    Faults faults() {
        return faults;
    }

    EventHub events() {
        return events;
    }

    Callbacks callbacks() {
        return callbacks;
    }

    RateLimits limits() {
        return limits;
    }

    RetrySchedule retries() {
        return retries;
    }
}
