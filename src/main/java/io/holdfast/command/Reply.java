package io.holdfast.command;

import io.holdfast.channel.OutboundMessage.Button;
import io.holdfast.channel.TextForm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What a handler wants said and remembered; nothing of it happens before the turn commits. */
public sealed interface Reply {

    /** Plain text, shown as it is. */
    static Answer text(String text) {
        return new Answer(text, TextForm.PLAIN, List.of(), List.of(), List.of(), List.of());
    }

    /**
     * CommonMark with {@code ~~strikethrough~~} and {@code ||spoiler||}, shown as the channel can.
     *
     * <p>Any text is Markdown, so this fails for none; a text of somebody else's belongs into {@link #text}, where its marks are shown.
     */
    static Answer markdown(String text) {
        return new Answer(text, TextForm.MARKDOWN, List.of(), List.of(), List.of(), List.of());
    }

    /** A friendly no; what the handler did in its stores is kept. */
    static Refused refused(String text) {
        return new Refused(text);
    }

    /** Says nothing. */
    static Nothing nothing() {
        return new Nothing();
    }

    /** Something the bot says by itself, later. */
    record Later(Duration after, String text) {}

    /**
     * Something said to many chats of the bot, when nobody waits for an answer; each gets it once, or perhaps not at all.
     *
     * @param chats at most 1,000, each named once: all are written in the transaction of the turn
     */
    record ToMany(Set<Long> chats, String text) {
        private static final int MOST = 1000;

        public ToMany {
            chats = Set.copyOf(chats);
            if (chats.size() > MOST) {
                throw new IllegalArgumentException(
                        "A reply goes to at most %d chats, not to %d.".formatted(MOST, chats.size()));
            }
        }
    }

    /** An answer with what goes along. */
    record Answer(
            String text,
            TextForm form,
            List<List<Button>> buttons,
            List<Record> states,
            List<Later> later,
            List<ToMany> toMany)
            implements Reply {
        public Answer {
            buttons = List.copyOf(buttons);
            states = List.copyOf(states);
            later = List.copyOf(later);
            toMany = List.copyOf(toMany);
        }

        /** Also writes this state of the chat: JSON of at most 16 KiB, one per type. */
        public Answer andState(Record state) {
            return new Answer(text, form, buttons, with(states, state), later, toMany);
        }

        /** Also shows a row of buttons. */
        public Answer andButtons(Button... row) {
            return new Answer(text, form, with(buttons, List.of(row)), states, later, toMany);
        }

        /** Also says this later, even if the server is restarted in between. */
        public Answer andLater(Duration after, String said) {
            return new Answer(text, form, buttons, states, with(later, new Later(after, said)), toMany);
        }

        /** Also says this to these chats of the bot, as messages to many: after everything that people wait for. */
        public Answer andToMany(Set<Long> chats, String said) {
            return new Answer(text, form, buttons, states, later, with(toMany, new ToMany(chats, said)));
        }

        private static <T> List<T> with(List<T> list, T one) {
            List<T> longer = new ArrayList<>(list);
            longer.add(one);
            return longer;
        }
    }

    /** The command did not do what was asked, for a reason that the text tells. */
    record Refused(String text) implements Reply {}

    /** There is nothing to say. */
    record Nothing() implements Reply {}
}
