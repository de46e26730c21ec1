package io.holdfast.simulator;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A Telegram in this process: Bot API, control API and chat page on one port of 127.0.0.1, users played by calling methods.
 *
 * <p>Updates are delivered under Telegram's rules by webhook or getUpdates; the methods here only make them and return
 * at once with their update_id (0: the bot did not ask for this kind, or is shut out). All methods may be called from
 * any thread. {@link #close()} leaves no thread and no socket.
 */
public final class Simulator implements Closeable {

    private static final long POLL_NANOS = 500_000;

    private final World world;
    private final Actors actors;
    private final HttpServer server;

    private Simulator(SimulatorConfig config) throws IOException {
        this.world = new World(config);
        this.actors = new Actors(world);
        BotApi api = new BotApi(world);
        world.onCallInAnswer(api::callInAnswer);
        FrontDoor door = new FrontDoor(api, new ControlApi(world, this), new EventStream(world));
        this.server = new HttpServer(config.port(), door, world.threads());
    }

    /**
     * Starts to listen; the port is free again after {@link #close()}.
     *
     * @throws UncheckedIOException with a {@link java.net.BindException} inside when the port is taken
     */
    public static Simulator start(SimulatorConfig config) {
        try {
            Simulator simulator = new Simulator(config);
            simulator.world.start();
            simulator.server.start();
            return simulator;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The address of the chat page; append {@code bot<token>/<method>} for the Bot API. Ends with a slash. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.port() + "/");
    }

    public Journal journal() {
        return world.journal();
    }

    /** From the next connection on deliveries go where the route says, as behind a load balancer; null ends that. */
    public void route(@Nullable DeliveryRoute route) {
        world.route(route);
    }

    public Faults faults() {
        return world.faults();
    }

    /** Makes a bot as BotFather does: random id, random token. */
    public SimBot createBot(String username, String name) {
        SimBot bot = world.createBot(username, name);
        world.events().publish("bot", () -> StateView.bot(bot));
        return bot;
    }

    public SimUser createUser(String firstName) {
        SimUser user = world.createUser(firstName);
        world.events().publish("user", () -> StateView.user(user));
        return user;
    }

    /** A new user's private chat with a bot. */
    public SimChat privateChat(SimBot bot, String firstName) {
        return privateChat(bot, createUser(firstName));
    }

    public SimChat privateChat(SimBot bot, SimUser user) {
        SimChat chat = world.privateChat(bot, user);
        actors.changed(chat);
        return chat;
    }

    /** A basic group; every bot gets a my_chat_member update. */
    public SimChat group(String title, List<SimUser> users, SimBot... bots) {
        return actors.group(false, title, users, List.of(bots));
    }

    /** A supergroup, whose id is below -1000000000000. */
    public SimChat supergroup(String title, List<SimUser> users, SimBot... bots) {
        return actors.group(true, title, users, List.of(bots));
    }

    /** Makes the chat a forum and opens a topic in it; the id must not be 1, which is the General topic's. */
    public void openTopic(SimChat chat, long threadId) {
        chat.openThread(threadId);
    }

    public void deleteTopic(SimChat chat, long threadId) {
        chat.closeThread(threadId);
    }

    /** The fast way: one message, one update for one bot. */
    public long say(SimBot bot, SimChat chat, SimUser user, String text) {
        return actors.deliver(bot, chat, actors.write(chat, user, text, 0, 0));
    }

    /** As {@link #say(SimBot, SimChat, SimUser, String)} by the chat's first user. */
    public long say(SimBot bot, SimChat chat, String text) {
        return say(bot, chat, chat.user(), text);
    }

    /** One message that every bot of the chat hears, in a topic or as a reply where those are not 0. */
    public SimMessage sayToAll(SimChat chat, SimUser user, String text, long replyTo, long threadId) {
        SimMessage message = actors.write(chat, user, text, replyTo, threadId);
        chat.bots().forEach(bot -> actors.deliver(bot, chat, message));
        return message;
    }

    /** The user changes a message: an edited_message update in the chat's queue. */
    public long edit(SimBot bot, SimChat chat, long messageId, String text) {
        return actors.edit(bot, chat, messageId, text);
    }

    /** The user presses a button; it need not be there, as buttons of old messages are not. */
    public SimPress press(SimBot bot, SimChat chat, SimUser user, long messageId, String callbackData) {
        return actors.press(bot, chat, user, messageId, callbackData);
    }

    /** As {@link #press(SimBot, SimChat, SimUser, long, String)} by the chat's first user. */
    public SimPress press(SimBot bot, SimChat chat, long messageId, String callbackData) {
        return press(bot, chat, chat.user(), messageId, callbackData);
    }

    /** Delivers the same press under a new update_id, as Telegram does when the user's app reconnects. */
    public SimPress repeat(SimPress press) {
        return actors.deliver(press);
    }

    /** Delivers a message that is there already under a new update_id. */
    public long repeat(SimBot bot, SimChat chat, long messageId) {
        SimMessage message = chat.message(messageId);
        if (message == null) {
            throw new IllegalArgumentException("there is no message " + messageId + " in chat " + chat.id());
        }
        return actors.deliver(bot, chat, message);
    }

    /** Delivers these bytes as they are, JSON or not; returns their update_id, or a negative number in its place. */
    public long raw(SimBot bot, byte[] json) {
        return actors.raw(bot, json.clone());
    }

    /** Delivers an update of any type, given its inner object; it gets an update_id and a queue of its own. */
    public long update(SimBot bot, String type, String innerJson) {
        return Updates.other(bot, type, 0, innerJson);
    }

    /** Presses the Stop button of a draft: an update without a sender. */
    public long stopGeneration(SimBot bot, SimChat chat, long draftId) {
        return actors.stopGeneration(bot, chat, draftId);
    }

    /** The user blocks the bot: my_chat_member, and 403 for every send. */
    public long block(SimBot bot, SimChat chat) {
        return actors.shutOut(bot, chat, "bot was blocked by the user", "kicked");
    }

    /** The group throws the bot out: my_chat_member, and 403 for every send. */
    public long kick(SimBot bot, SimChat chat) {
        return actors.shutOut(bot, chat, "bot was kicked from the " + chat.type() + " chat", "kicked");
    }

    /** The user deletes the account: no update, 403 for every send. */
    public void deactivate(SimBot bot, SimChat chat) {
        chat.shutOut(bot, "user is deactivated");
    }

    /** Undoes {@link #block} and {@link #kick}, with a my_chat_member update. */
    public long letIn(SimBot bot, SimChat chat) {
        return actors.letIn(bot, chat);
    }

    /** Makes a basic group a supergroup: service messages in both, 400 with migrate_to_chat_id in the old one. */
    public SimChat migrate(SimChat group) {
        return actors.migrate(group);
    }

    /** As after an idle week: the next update_id is random, maybe below the last one; returns it. */
    public long restartUpdateIds(SimBot bot) {
        return bot.updates().restartIds();
    }

    public void setRateLimits(boolean on) {
        world.limits().turn(on);
    }

    /** Waits until every update of every bot is acknowledged or expired. */
    public void awaitIdle(Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (world.bots().stream().anyMatch(bot -> bot.pendingUpdates() > 0)) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("updates still wait after " + timeout + ": "
                        + world.bots().stream()
                                .map(bot -> bot + " " + bot.pendingUpdates())
                                .toList());
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /**
     * Bots with their tokens and webhooks, users, chats and messages as JSON, for {@link #restore}; it holds secrets.
     * Updates that no bot has acknowledged are not in it.
     */
    public String save() {
        return new Memory(world).write();
    }

    /** Brings back what {@link #save} gave, into a simulator that has no bot yet. */
    public void restore(String saved) {
        new Memory(world).read(saved);
    }

    public List<SimBot> bots() {
        return List.copyOf(world.bots());
    }

    /** How many threads the simulator runs now. */
    int threadCount() {
        return world.threads().count();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            world.bots().forEach(bot -> bot.updates().setWebhook(null, false));
            world.threads().stop();
        }
    }
}
