package io.holdfast.simulator;

import org.jspecify.annotations.Nullable;

/**
 * One message as it stands; an edit makes a new value.
 *
 * @param id message_id, unique in its chat
 * @param author who wrote it
 * @param date Unix time
 * @param editDate Unix time of the last edit, 0 for none
 * @param text text or caption, empty for a service message
 * @param entities JSON array, empty for none
 * @param markup inline keyboard as JSON, empty for none
 * @param replyTo message it answers, 0 for none
 * @param threadId topic, 0 for none
 * @param extra further members as JSON without braces: a document, or what a service message says
 * @param reactions JSON array of the bot's reactions, empty for none
 */
public record SimMessage(
        long id,
        SimUser author,
        int date,
        int editDate,
        String text,
        String entities,
        String markup,
        long replyTo,
        long threadId,
        String extra,
        String reactions) {

    static SimMessage of(long id, SimUser author, int date, String text, String entities) {
        return new SimMessage(id, author, date, 0, text, entities, "", 0, 0, "", "");
    }

    SimMessage edited(String newText, String newEntities, String newMarkup, int at) {
        return new SimMessage(
                id, author, date, at, newText, newEntities, newMarkup, replyTo, threadId, extra, reactions);
    }

    SimMessage withMarkup(String newMarkup) {
        return edited(text, entities, newMarkup, editDate);
    }

    SimMessage inReply(long toMessage, long thread) {
        return new SimMessage(id, author, date, editDate, text, entities, markup, toMessage, thread, extra, reactions);
    }

    SimMessage withExtra(String json) {
        return new SimMessage(id, author, date, editDate, text, entities, markup, replyTo, threadId, json, reactions);
    }

    SimMessage withReactions(String json) {
        return new SimMessage(id, author, date, editDate, text, entities, markup, replyTo, threadId, extra, json);
    }

    boolean says(String otherText, String otherEntities, String otherMarkup) {
        return text.equals(otherText) && entities.equals(otherEntities) && markup.equals(otherMarkup);
    }

    /** Telegram's Message object; {@code answered} is the message replied to, where it is still known. */
    String json(SimChat chat, @Nullable SimMessage answered) {
        StringBuilder out = new StringBuilder(320).append('{');
        Json.raw(out, "message_id", id);
        Json.raw(out, "from", author.json());
        Json.raw(out, "chat", chat.json());
        Json.raw(out, "date", date);
        if (editDate != 0) {
            Json.raw(out, "edit_date", editDate);
        }
        if (threadId != 0) {
            Json.raw(out, "message_thread_id", threadId);
            Json.raw(out, "is_topic_message", true);
        }
        if (answered != null) {
            Json.raw(out, "reply_to_message", answered.json(chat, null));
        }
        appendContent(out);
        return out.append('}').toString();
    }

    private void appendContent(StringBuilder out) {
        boolean caption = !extra.isEmpty();
        if (caption) {
            out.append(',').append(extra);
        }
        if (!text.isEmpty()) {
            Json.text(out, caption ? "caption" : "text", text);
        }
        if (!entities.isEmpty()) {
            Json.raw(out, caption ? "caption_entities" : "entities", entities);
        }
        if (!markup.isEmpty()) {
            Json.raw(out, "reply_markup", markup);
        }
    }
}
