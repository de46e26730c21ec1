package io.holdfast.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What people do: write, edit, press, block, throw bots out. */
final class Actors {

    private final World world;

    Actors(World world) {
        this.world = world;
    }

    /** Makes the message once; what comes back is to be delivered to one bot or to all. */
    SimMessage write(SimChat chat, SimUser user, String text, long replyTo, long thread) {
        int now = world.clock().epochSeconds();
        SimMessage message = chat.add(
                id -> SimMessage.of(id, user, now, text, commandEntity(text)).inReply(replyTo, thread));
        shown("message", chat, message);
        return message;
    }

    private static String commandEntity(String text) {
        if (text.length() < 2 || text.charAt(0) != '/') {
            return "";
        }
        int end = 1;
        while (end < text.length() && isOfCommand(text.charAt(end))) {
            end++;
        }
        return end == 1 ? "" : "[{\"offset\":0,\"length\":" + end + ",\"type\":\"bot_command\"}]";
    }

    private static boolean isOfCommand(char c) {
        return c < 128 && (Character.isLetterOrDigit(c) || c == '_' || c == '@');
    }

    long deliver(SimBot bot, SimChat chat, SimMessage message) {
        return chat.isShutOut(bot) ? 0 : Updates.message(bot, chat, message);
    }

    long edit(SimBot bot, SimChat chat, long messageId, String text) {
        int now = world.clock().epochSeconds();
        SimMessage message = chat.change(messageId, old -> old.edited(text, commandEntity(text), old.markup(), now));
        if (message == null) {
            throw new IllegalArgumentException("there is no message " + messageId + " in chat " + chat.id());
        }
        shown("edit", chat, message);
        return chat.isShutOut(bot) ? 0 : Updates.edited(bot, chat, message);
    }

    SimPress press(SimBot bot, SimChat chat, SimUser user, long messageId, String data) {
        SimMessage message = chat.message(messageId);
        if (message == null) {
            throw new IllegalArgumentException("there is no message " + messageId + " in chat " + chat.id());
        }
        String queryId = world.callbacks().open(bot, chat, user, message, data);
        return deliver(new SimPress(0, queryId, bot, chat, user, message, data));
    }

    SimPress deliver(SimPress press) {
        long id = Updates.callback(
                press.bot(), press.chat(), press.user(), press.message(), press.queryId(), press.data());
        return new SimPress(
                id, press.queryId(), press.bot(), press.chat(), press.user(), press.message(), press.data());
    }

    /** Where the bytes can be read, they queue as such an update would; where not, they have a queue of their own. */
    long raw(SimBot bot, byte[] json) {
        JsonNode update = Json.parse(json);
        long updateId = update == null ? 0 : update.path("update_id").asLong(0);
        long chatId = 0;
        PendingUpdate.@Nullable LaneKey lane = null;
        for (String type : List.of("message", "edited_message", "channel_post", "edited_channel_post")) {
            long id = update == null
                    ? 0
                    : update.path(type).path("chat").path("id").asLong(0);
            if (id != 0) {
                chatId = id;
                lane = new PendingUpdate.LaneKey('c', id);
            }
        }
        long presser = update == null
                ? 0
                : update.path("callback_query").path("from").path("id").asLong(0);
        if (presser != 0) {
            lane = new PendingUpdate.LaneKey('u', presser);
        }
        return bot.updates().addRaw(updateId, lane, chatId, json);
    }

    long shutOut(SimBot bot, SimChat chat, String reason, String status) {
        chat.shutOut(bot, reason);
        changed(chat);
        return Updates.membership(world, bot, chat, chat.user(), "member", status);
    }

    long letIn(SimBot bot, SimChat chat) {
        chat.letIn(bot);
        changed(chat);
        return Updates.membership(world, bot, chat, chat.user(), "kicked", "member");
    }

    SimChat group(boolean supergroup, String title, List<SimUser> users, List<SimBot> bots) {
        if (users.isEmpty()) {
            throw new IllegalArgumentException("a group needs at least one user");
        }
        SimChat chat = world.group(supergroup, title);
        users.forEach(chat::join);
        bots.forEach(bot -> world.join(chat, bot));
        changed(chat);
        bots.forEach(bot -> Updates.membership(world, bot, chat, chat.user(), "left", "member"));
        return chat;
    }

    SimChat migrate(SimChat old) {
        if (!old.type().equals("group")) {
            throw new IllegalArgumentException("only a basic group becomes a supergroup");
        }
        SimChat fresh = world.group(true, old.title());
        old.migrateTo(fresh);
        old.bots().forEach(bot -> world.join(fresh, bot));
        int now = world.clock().epochSeconds();
        SimMessage last = old.add(
                id -> SimMessage.of(id, old.user(), now, "", "").withExtra("\"migrate_to_chat_id\":" + fresh.id()));
        SimMessage first = fresh.add(
                id -> SimMessage.of(id, old.user(), now, "", "").withExtra("\"migrate_from_chat_id\":" + old.id()));
        for (SimBot bot : old.bots()) {
            deliver(bot, old, last);
            deliver(bot, fresh, first);
        }
        changed(fresh);
        return fresh;
    }

    long stopGeneration(SimBot bot, SimChat chat, long draftId) {
        String json = "{\"chat\":" + chat.json() + ",\"draft_id\":" + draftId + "}";
        return Updates.other(bot, "stopped_message_generation", chat.id(), json);
    }

    void changed(SimChat chat) {
        world.events().publish("chat", () -> StateView.chat(chat));
    }

    private void shown(String type, SimChat chat, SimMessage message) {
        if (world.events().hasListeners()) {
            world.events()
                    .publish(
                            type,
                            () -> StateView.message(chat, message, chat.bots().getFirst()));
        }
    }
}
