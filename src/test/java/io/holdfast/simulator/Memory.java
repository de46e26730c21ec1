package io.holdfast.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a simulator remembers over a restart, as JSON: bots with tokens, webhooks, commands and update ids; users; chats
 * with their messages. Updates under way, faults, topics and the journal are not in it.
 */
final class Memory {

    private final World world;

    Memory(World world) {
        this.world = world;
    }

    String write() {
        ObjectNode root = Json.MAPPER.createObjectNode();
        ArrayNode bots = root.putArray("bots");
        ArrayNode users = root.putArray("users");
        ArrayNode chats = root.putArray("chats");
        world.users().forEach(user -> user(users.addObject(), user));
        for (SimBot bot : world.bots()) {
            bot(bots.addObject(), bot);
            bot.chats().values().stream().filter(SimChat::isPrivate).forEach(chat -> chat(chats.addObject(), chat));
        }
        world.groups().forEach(chat -> chat(chats.addObject(), chat));
        return root.toPrettyString();
    }

    private static void user(ObjectNode out, SimUser user) {
        out.put("id", user.id()).put("firstName", user.firstName()).put("username", user.username());
    }

    private static void bot(ObjectNode out, SimBot bot) {
        user(out, bot.user());
        out.put("token", bot.token()).put("nextUpdateId", bot.updates().nextId());
        bot.updates().allowed().types().forEach(out.putArray("allowed")::add);
        ObjectNode commands = out.putObject("commands");
        bot.commands().forEach(commands::put);
        WebhookSettings webhook = bot.updates().webhook();
        if (webhook != null) {
            out.putObject("webhook")
                    .put("url", webhook.url().toString())
                    .put("secret", webhook.secret())
                    .put("maxConnections", webhook.maxConnections());
        }
    }

    private static void chat(ObjectNode out, SimChat chat) {
        out.put("id", chat.id()).put("title", chat.title()).put("lastMessageId", chat.lastMessageId());
        ArrayNode members = out.putArray("users");
        chat.users().forEach(user -> members.add(user.id()));
        ArrayNode bots = out.putArray("bots");
        chat.bots().forEach(bot -> bots.add(bot.id()));
        ArrayNode messages = out.putArray("messages");
        chat.messages().forEach(message -> message(messages.addObject(), message));
    }

    private static void message(ObjectNode out, SimMessage message) {
        out.put("id", message.id()).put("author", message.author().id());
        out.put("date", message.date()).put("editDate", message.editDate());
        out.put("text", message.text()).put("entities", message.entities()).put("markup", message.markup());
        out.put("replyTo", message.replyTo()).put("threadId", message.threadId());
        out.put("extra", message.extra()).put("reactions", message.reactions());
    }

    /** Adds all that was written to a world that is empty yet. */
    void read(String text) {
        JsonNode root = Json.parse(text);
        if (root == null || !root.isObject()) {
            throw new IllegalArgumentException("this is not what a simulator wrote");
        }
        root.path("users").forEach(user -> world.restoreUser(user(user, false)));
        root.path("bots").forEach(this::readBot);
        root.path("chats").forEach(this::readChat);
    }

    private static SimUser user(JsonNode in, boolean bot) {
        return new SimUser(
                in.path("id").asLong(),
                in.path("firstName").asText(),
                in.path("username").asText(),
                bot);
    }

    private void readBot(JsonNode in) {
        SimBot bot = world.restoreBot(user(in, true), in.path("token").asText());
        in.path("commands")
                .properties()
                .forEach(entry ->
                        bot.commands().put(entry.getKey(), entry.getValue().asText()));
        Set<String> allowed = new HashSet<>();
        in.path("allowed").forEach(type -> allowed.add(type.asText()));
        bot.updates().restore(in.path("nextUpdateId").asLong(), allowed, webhook(in.path("webhook")));
    }

    private static @Nullable WebhookSettings webhook(JsonNode in) {
        return in.isObject()
                ? new WebhookSettings(
                        URI.create(in.path("url").asText()),
                        in.path("secret").asText(),
                        in.path("maxConnections").asInt())
                : null;
    }

    private void readChat(JsonNode in) {
        long id = in.path("id").asLong();
        SimChat chat = id > 0
                ? world.privateChat(world.requireBot(in.path("bots").path(0).asLong()), world.requireUser(id))
                : world.restoreGroup(id, in.path("title").asText());
        in.path("users").forEach(user -> chat.join(world.requireUser(user.asLong())));
        in.path("bots").forEach(bot -> world.join(chat, world.requireBot(bot.asLong())));
        in.path("messages").forEach(message -> chat.restore(message(message, chat)));
        chat.continueAfter(in.path("lastMessageId").asLong());
    }

    private SimMessage message(JsonNode in, SimChat chat) {
        long author = in.path("author").asLong();
        SimUser user = chat.bots().stream()
                .filter(bot -> bot.id() == author)
                .map(SimBot::user)
                .findFirst()
                .orElseGet(() -> world.requireUser(author));
        return new SimMessage(
                in.path("id").asLong(),
                user,
                in.path("date").asInt(),
                in.path("editDate").asInt(),
                in.path("text").asText(),
                in.path("entities").asText(),
                in.path("markup").asText(),
                in.path("replyTo").asLong(),
                in.path("threadId").asLong(),
                in.path("extra").asText(),
                in.path("reactions").asText());
    }
}
