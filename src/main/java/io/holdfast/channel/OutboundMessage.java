package io.holdfast.channel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message to a chat, before a channel has put it into its own form.
 *
 * @param text of any length and any content; the channel splits and cleans it
 * @param form how the text is written
 * @param buttons rows of buttons under the last part
 */
public record OutboundMessage(
        long chatId, @Nullable Long threadId, String text, TextForm form, List<List<Button>> buttons) {

    /** A button that runs a command as if the presser had written it. */
    public record Button(String label, String command) {}

    public OutboundMessage {
        buttons = List.copyOf(buttons);
    }

    /** A plain text. */
    public OutboundMessage(long chatId, @Nullable Long threadId, String text, List<List<Button>> buttons) {
        this(chatId, threadId, text, TextForm.PLAIN, buttons);
    }
}
