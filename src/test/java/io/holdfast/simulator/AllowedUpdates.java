package io.holdfast.simulator;

import java.util.Set;

/** Which types of updates a bot asked for; an empty list is Telegram's default, which leaves three out. */
final class AllowedUpdates {

    private static final Set<String> LEFT_OUT_BY_DEFAULT =
            Set.of("chat_member", "message_reaction", "message_reaction_count");

    private volatile Set<String> types = Set.of();

    void set(Set<String> asked) {
        types = Set.copyOf(asked);
    }

    Set<String> types() {
        return types;
    }

    boolean contains(String type) {
        Set<String> asked = types;
        return asked.isEmpty() ? !LEFT_OUT_BY_DEFAULT.contains(type) : asked.contains(type);
    }
}
