package io.holdfast.simulator;

/** A person or a bot as messages name it; ids are Telegram's and may need 52 bits. */
public final class SimUser {

    private final long id;
    private final String firstName;
    private final String username;
    private final boolean bot;
    private final String json;

    SimUser(long id, String firstName, String username, boolean bot) {
        this.id = id;
        this.firstName = firstName;
        this.username = username;
        this.bot = bot;
        StringBuilder out = new StringBuilder("{");
        Json.raw(out, "id", id);
        Json.raw(out, "is_bot", bot);
        Json.text(out, "first_name", firstName);
        if (!username.isEmpty()) {
            Json.text(out, "username", username);
        }
        if (!bot) {
            Json.text(out, "language_code", "en");
        }
        this.json = out.append('}').toString();
    }

    public long id() {
        return id;
    }

    public String firstName() {
        return firstName;
    }

    /** Without the @, empty when there is none. */
    public String username() {
        return username;
    }

    public boolean isBot() {
        return bot;
    }

    String json() {
        return json;
    }

    @Override
    public String toString() {
        return firstName + " (" + id + ")";
    }
}
