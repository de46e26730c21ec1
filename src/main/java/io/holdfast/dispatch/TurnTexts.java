package io.holdfast.dispatch;

import io.holdfast.command.Reply;

/** What the engine itself says to people. */
final class TurnTexts {

    private TurnTexts() {}

    static Reply noCommand() {
        return Reply.text("I answer to commands. Send /help to see them.");
    }

    static Reply unknown(String name) {
        return Reply.refused("I do not know /%s. Send /help to see what I know.".formatted(name));
    }

    static String apology(String incident) {
        return "Sorry, I could not do that. Somebody will look at it; if you ask, name the number %s."
                .formatted(incident);
    }
}
