package io.holdfast.dispatch;

import io.holdfast.channel.InboundUpdate;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What an update asks of the bot; found by reading it alone. */
sealed interface Request {

    /** A command, by text or by a pressed button. */
    record Command(String name, String arguments) implements Request {}

    /** Something said to the bot that is no command. */
    record FreeText() implements Request {}

    /** To end what runs in this chat; nobody is named who asks. */
    record Stop() implements Request {}

    /** Nothing: another bot, another bot's command, talk in a group, or a kind that no command answers. */
    record None(String reason) implements Request {}

    Pattern COMMAND = Pattern.compile("^/([^\\s@]{1,64})(?:@(\\S{1,64}))?(?:\\s+(.*))?$", Pattern.DOTALL);

    /** Reads the update; {@code username} is the bot's own. */
    static Request of(InboundUpdate update, String username) {
        InboundUpdate.@Nullable Chat chat = update.chat();
        InboundUpdate.@Nullable User user = update.user();
        if (chat == null) {
            return new None("no chat");
        }
        if (user != null && user.bot() && update.callbackId() == null) {
            return new None("another bot");
        }
        return switch (update.kind()) {
            case "message" -> ofText(update.text(), chat, username);
            case "callback_query" -> ofText(update.callbackData(), chat, username);
            case "stopped_message_generation" -> new Stop();
            default -> new None("kind " + update.kind());
        };
    }

    private static Request ofText(@Nullable String written, InboundUpdate.Chat chat, String username) {
        if (written == null) {
            return new None("no text");
        }
        String text = Hygiene.text(written).strip();
        if (text.isEmpty()) {
            return new None("no text");
        }
        Matcher command = COMMAND.matcher(text);
        if (text.startsWith("/") && command.matches()) {
            String addressed = command.group(2);
            if (addressed != null && !Hygiene.commandName(addressed).equalsIgnoreCase(username)) {
                return new None("another bot's command");
            }
            String arguments = command.group(3);
            return new Command(
                    Hygiene.commandName(command.group(1)).toLowerCase(Locale.ROOT), arguments == null ? "" : arguments);
        }
        return chat.isPrivate() ? new FreeText() : new None("talk in a group");
    }
}
