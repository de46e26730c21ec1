package io.holdfast.kernel;

/**
 * Something that nodes keep in memory was changed, on this node or another; fired within a second of the commit, on every node,
 * perhaps more than once.
 *
 * <p>It says that the rows have to be looked at again, not what stands in them. An observer does not block; one that throws is told
 * again half a second later.
 *
 * @param key what of its kind was changed
 */
public record Changed(Kind kind, String key) {
    /** First of the observers: who keeps copies of rows. */
    public static final int COPIES = 100;
    /** After them: who acts on what the rows say now. */
    public static final int ACTS = 200;

    /** What was changed, and what its key is. */
    public enum Kind {
        /** A bot was registered, started, suspended, stopped or removed; its id. */
        BOT,
        /** Where a webhook path leads, or the secret that it asks for; the path. */
        ROUTE,
        /** Settings were put; the id of their bot. */
        SETTINGS
    }

    public static Changed bot(BotId bot) {
        return new Changed(Kind.BOT, bot.toString());
    }

    public static Changed route(String route) {
        return new Changed(Kind.ROUTE, route);
    }

    public static Changed settings(BotId bot) {
        return new Changed(Kind.SETTINGS, bot.toString());
    }

    /** The bot that it is about; not for a kind whose key is none. */
    public BotId bot() {
        return new BotId(Long.parseLong(key));
    }
}
