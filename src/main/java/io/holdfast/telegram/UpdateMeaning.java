package io.holdfast.telegram;

import io.holdfast.channel.InboundUpdate;
import io.holdfast.channel.InboundUpdate.Chat;
import io.holdfast.channel.InboundUpdate.ChatChange;
import io.holdfast.channel.InboundUpdate.CommandEntity;
import io.holdfast.channel.InboundUpdate.User;
import io.holdfast.channel.UnreadableUpdateException;
import io.holdfast.kernel.BotId;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the fields of an update mean to the engine: its queue, its second identity, its deadline.
 *
 * <p>Kind, queue key and dedupe key become columns of text, so they hold printable ASCII only, whatever the update holds.
 */
final class UpdateMeaning {
    private static final Duration MESSAGE_LIFE = Duration.ofHours(24);
    private static final Duration QUERY_LIFE = Duration.ofSeconds(150);
    private static final Duration INLINE_QUERY_LIFE = Duration.ofSeconds(30);
    private static final Duration CHOSEN_RESULT_LIFE = Duration.ofMinutes(10);
    private static final int LONGEST_KIND = 64;
    private static final Pattern PLAIN_ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Set<String> PRESENT = Set.of("member", "administrator", "creator");
    private static final String CALLBACK = "callback_query";

    private final UpdateFields update;
    private final String kind;

    private UpdateMeaning(UpdateFields update) {
        this.update = update;
        this.kind = kindOf(update);
    }

    static InboundUpdate of(BotId bot, UpdateFields update, Instant acceptedAt) throws UnreadableUpdateException {
        if (update.updateId == null) {
            throw new UnreadableUpdateException("no update_id");
        }
        return new UpdateMeaning(update).toUpdate(bot, update.updateId, acceptedAt);
    }

    private InboundUpdate toUpdate(BotId bot, long updateId, Instant acceptedAt) {
        boolean callback = kind.equals(CALLBACK);
        UpdateFields place = callback && update.buttonMessage != null ? update.buttonMessage : update;
        Chat chat = hasPlace(place) ? place.chat : null;
        User user = update.from != null ? update.from : update.user;
        String text = update.text != null ? update.text : update.caption;
        return new InboundUpdate(
                bot,
                TelegramParser.CHANNEL,
                Long.toString(updateId),
                kind,
                queueKey(chat, user),
                dedupeKey(chat),
                chat,
                user,
                place.messageId,
                place.topicMessage ? place.threadId : null,
                text,
                commands(text),
                callback ? update.id : null,
                callback ? update.data : null,
                expiresAt(acceptedAt),
                change(chat),
                update.unknownFields);
    }

    /** A service message may name a chat; that it names one in the new and one in the old chat does no harm. */
    private @Nullable ChatChange change(@Nullable Chat chat) {
        if (chat == null) {
            return null;
        }
        if (kind.equals("my_chat_member")) {
            return update.newStatus != null && PRESENT.contains(update.newStatus) ? new ChatChange.LetIn() : null;
        }
        if (!kind.equals("message")) {
            return null;
        }
        if (update.migrateTo != null) {
            return new ChatChange.Migrated(chat.id(), update.migrateTo);
        }
        return update.migrateFrom == null ? null : new ChatChange.Migrated(update.migrateFrom, chat.id());
    }

    /** A kind that we do not know and that is not shaped like a message says nothing about a chat that we could trust. */
    private boolean hasPlace(UpdateFields place) {
        return UpdateKinds.KNOWN.contains(kind) || (place.chat != null && place.messageId != null);
    }

    private String queueKey(@Nullable Chat chat, @Nullable User user) {
        if (chat != null) {
            return "chat:" + chat.id();
        }
        if (user == null || !UpdateKinds.KNOWN.contains(kind)) {
            return "kind:" + kind;
        }
        String ofUser = "user:" + user.id();
        return kind.equals(CALLBACK) || isMessage() ? ofUser : kind + ":" + ofUser;
    }

    private boolean isMessage() {
        return kind.endsWith("message") || kind.endsWith("channel_post");
    }

    /**
     * Business and guest messages have none: their message ids are counted in another account's chat, so the same pair of
     * ids can name another message.
     */
    private @Nullable String dedupeKey(@Nullable Chat chat) {
        if (kind.equals(CALLBACK)) {
            return update.id == null ? null : "c:" + plain(update.id);
        }
        if (chat == null || update.messageId == null) {
            return null;
        }
        return switch (kind) {
            case "message", "channel_post" -> "m:%d:%d".formatted(chat.id(), update.messageId);
            case "edited_message", "edited_channel_post" ->
                update.editDate == null
                        ? null
                        : "e:%d:%d:%d:%s".formatted(chat.id(), update.messageId, update.editDate, hashOfText());
            default -> null;
        };
    }

    private String hashOfText() {
        String text = update.text != null ? update.text : update.caption;
        return hash(text == null ? "" : text);
    }

    private static String plain(String id) {
        return PLAIN_ID.matcher(id).matches() ? id : "sha256-" + hash(id);
    }

    /** Over the UTF-16 units: encoders replace a lone surrogate. */
    private static String hash(String text) {
        try {
            ByteBuffer units = ByteBuffer.allocate(text.length() * Character.BYTES);
            units.asCharBuffer().put(text);
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(units.array());
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private List<CommandEntity> commands(@Nullable String text) {
        if (text == null) {
            return List.of();
        }
        List<CommandEntity> found = update.text != null ? update.textCommands : update.captionCommands;
        return found.stream()
                .filter(command -> command.length() > 0 && command.offset() + command.length() <= text.length())
                .toList();
    }

    private Instant expiresAt(Instant acceptedAt) {
        return switch (kind) {
            case CALLBACK, "shipping_query", "pre_checkout_query" -> acceptedAt.plus(QUERY_LIFE);
            case "inline_query" -> acceptedAt.plus(INLINE_QUERY_LIFE);
            case "chosen_inline_result" -> acceptedAt.plus(CHOSEN_RESULT_LIFE);
            // Its date is when the connection was made, perhaps months ago.
            case "business_connection" -> acceptedAt.plus(MESSAGE_LIFE);
            default -> happenedAt(acceptedAt).plus(MESSAGE_LIFE);
        };
    }

    /** Telegram counts an edit's life from the edit. A date that cannot be, or is still to come, is no reason to wait. */
    private Instant happenedAt(Instant acceptedAt) {
        Long seconds = update.editDate != null ? update.editDate : update.date;
        if (seconds == null || seconds <= 0 || seconds >= acceptedAt.getEpochSecond()) {
            return acceptedAt;
        }
        return Instant.ofEpochSecond(seconds);
    }

    private static String kindOf(UpdateFields update) {
        if (update.kind == null || update.kind.isEmpty()) {
            return "none";
        }
        String name = update.kind.substring(0, Math.min(LONGEST_KIND, update.kind.length()));
        return UpdateKinds.KNOWN.contains(name) ? name : name.replaceAll("[^A-Za-z0-9_]", "_");
    }
}
