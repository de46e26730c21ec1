package io.holdfast.simulator;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A bot as BotFather made it; its token exists only in this process. */
public final class SimBot {

    private final World world;
    private final SimUser user;
    private final UpdateQueue updates;
    private final Map<Long, SimChat> chats = new ConcurrentHashMap<>();
    private final Map<String, String> commands = new ConcurrentHashMap<>();
    private volatile String token;

    SimBot(World world, SimUser user, String token) {
        this.world = world;
        this.user = user;
        this.token = token;
        this.updates = new UpdateQueue(this, world);
    }

    public long id() {
        return user.id();
    }

    public String username() {
        return user.username();
    }

    public String name() {
        return user.firstName();
    }

    /** The one token that is valid now. */
    public String token() {
        return token;
    }

    /** Replaces the token, as BotFather's /revoke does: from now on calls with the old one are answered 401. */
    public synchronized String revokeToken() {
        String fresh = world.newToken(id());
        world.replaceToken(this, token, fresh);
        token = fresh;
        return fresh;
    }

    /** How many updates wait for an acknowledgement. */
    public int pendingUpdates() {
        return updates.pendingCount();
    }

    /** Whether updates go to a webhook now. */
    public boolean hasWebhook() {
        return updates.webhook() != null;
    }

    SimUser user() {
        return user;
    }

    UpdateQueue updates() {
        return updates;
    }

    Map<Long, SimChat> chats() {
        return chats;
    }

    @Nullable
    SimChat chat(long chatId) {
        return chats.get(chatId);
    }

    /** Command lists as JSON by scope and language. */
    Map<String, String> commands() {
        return commands;
    }

    String commandsForUsers() {
        return commands.getOrDefault("default/", commands.getOrDefault("all_private_chats/", "[]"));
    }

    @Override
    public String toString() {
        return "@" + username() + " (" + id() + ")";
    }
}
