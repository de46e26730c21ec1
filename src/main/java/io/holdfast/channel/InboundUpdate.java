package io.holdfast.channel;

import io.holdfast.kernel.BotId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One update as the engine needs it, read from the raw bytes by the channel's parser; the same bytes always give the same
 * value.
 *
 * <p>Text is what the user wrote, before hygiene. Entity offsets are UTF-16 units of {@link #text()}.
 *
 * @param externalId the channel's own id of the update (Telegram: update_id), unique per bot within the retention
 * @param kind the channel's name of the kind ("message", "edited_message", "callback_query", …), also unknown ones
 * @param queueKey names the queue whose turns run one after another: the chat, else the user, else the kind
 * @param dedupeKey a second identity under which the same event may come back with another external id, or null
 * @param change what it says about its chat itself, or null
 * @param unknownFields how many of its fields the parser knows nothing of; they are in the raw bytes
 * @param expiresAt after this moment the channel would no longer accept an answer: the row closes as EXPIRED
 */
public record InboundUpdate(
        BotId bot,
        String channel,
        String externalId,
        String kind,
        String queueKey,
        @Nullable String dedupeKey,
        @Nullable Chat chat,
        @Nullable User user,
        @Nullable Long messageId,
        @Nullable Long threadId,
        @Nullable String text,
        List<CommandEntity> commands,
        @Nullable String callbackId,
        @Nullable String callbackData,
        Instant expiresAt,
        @Nullable ChatChange change,
        int unknownFields) {

    /** What an update says about its chat beside, or instead of, what somebody wrote. */
    public sealed interface ChatChange {
        /** The chat has another id. */
        record Migrated(long from, long to) implements ChatChange {}

        /** The bot is in the chat. */
        record LetIn() implements ChatChange {}
    }

    /** An update that changes nothing about its chat, and of which everything is known. */
    public InboundUpdate(
            BotId bot,
            String channel,
            String externalId,
            String kind,
            String queueKey,
            @Nullable String dedupeKey,
            @Nullable Chat chat,
            @Nullable User user,
            @Nullable Long messageId,
            @Nullable Long threadId,
            @Nullable String text,
            List<CommandEntity> commands,
            @Nullable String callbackId,
            @Nullable String callbackData,
            Instant expiresAt) {
        this(
                bot,
                channel,
                externalId,
                kind,
                queueKey,
                dedupeKey,
                chat,
                user,
                messageId,
                threadId,
                text,
                commands,
                callbackId,
                callbackData,
                expiresAt,
                null,
                0);
    }

    /** Where it was written. Type is Telegram's: private, group, supergroup, channel. */
    public record Chat(long id, String type, @Nullable String title) {
        public boolean isPrivate() {
            return "private".equals(type);
        }
    }

    /** Who wrote it. */
    public record User(
            long id,
            boolean bot,
            @Nullable String username,
            @Nullable String firstName,
            @Nullable String language) {}

    /** Where a command stands in the text, in UTF-16 units. */
    public record CommandEntity(int offset, int length) {}

    public InboundUpdate {
        commands = List.copyOf(commands);
    }

    /** The same update with another end of its life. */
    public InboundUpdate expiringAt(Instant end) {
        return new InboundUpdate(
                bot,
                channel,
                externalId,
                kind,
                queueKey,
                dedupeKey,
                chat,
                user,
                messageId,
                threadId,
                text,
                commands,
                callbackId,
                callbackData,
                end,
                change,
                unknownFields);
    }
}
