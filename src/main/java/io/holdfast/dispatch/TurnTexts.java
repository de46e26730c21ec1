package io.holdfast.dispatch;

import io.holdfast.command.CommandContext;
import io.holdfast.command.Reply;
import io.holdfast.guard.Automation;

/** What the engine itself says to people. */
final class TurnTexts {

    private TurnTexts() {}

    static Reply noCommand(CommandContext context) {
        return !context.caller().known() ? stranger() : Reply.text("I answer to commands. Send /help to see them.");
    }

    /** The same as for a command that exists: a stranger learns nothing by trying names. */
    static Reply unknown(String name, CommandContext context) {
        return !context.caller().known()
                ? stranger()
                : Reply.refused("I do not know /%s. Send /help to see what I know.".formatted(name));
    }

    private static Reply stranger() {
        return Reply.refused(Automation.STRANGER);
    }

    static String tooMuchWaits() {
        return "I have too much to do right now and did not take your message. Please send it again in a minute.";
    }

    static String again(String command) {
        return "I was restarted while /%s was waiting or at work; it begins again.".formatted(command);
    }

    static String tooLate(String incident) {
        return "Sorry, I could not do that in time. If you ask, name the number %s.".formatted(incident);
    }

    static String apology(String incident) {
        return "Sorry, I could not do that. Somebody will look at it; if you ask, name the number %s."
                .formatted(incident);
    }
}
