package io.holdfast.telegram;

import io.holdfast.channel.InboundUpdate.Chat;
import io.holdfast.channel.InboundUpdate.CommandEntity;
import io.holdfast.channel.InboundUpdate.User;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one pass over an update has met so far, in whatever order it came; lives on one thread during one parse. */
final class UpdateFields {
    @Nullable
    Long updateId;

    @Nullable
    String kind;

    @Nullable
    Long messageId;

    @Nullable
    Long date;

    @Nullable
    Long editDate;

    @Nullable
    Long threadId;

    boolean topicMessage;

    /** Of the update and of the object that it carries, not deeper. */
    int unknownFields;

    @Nullable
    Long migrateTo;

    @Nullable
    Long migrateFrom;

    /** Of the bot in the chat: member, administrator, kicked, and so on. */
    @Nullable
    String newStatus;

    @Nullable
    Chat chat;

    @Nullable
    User from;

    @Nullable
    User user;

    @Nullable
    String text;

    @Nullable
    String caption;

    List<CommandEntity> textCommands = new ArrayList<>();
    List<CommandEntity> captionCommands = new ArrayList<>();

    /** The id of a callback or query; a chat's or user's ids are in their own records. */
    @Nullable
    String id;

    @Nullable
    String data;

    /** Callbacks only: the message that the button is on. */
    @Nullable
    UpdateFields buttonMessage;
}
