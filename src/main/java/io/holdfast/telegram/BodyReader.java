package io.holdfast.telegram;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.holdfast.channel.InboundUpdate.Chat;
import io.holdfast.channel.InboundUpdate.CommandEntity;
import io.holdfast.channel.InboundUpdate.User;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Streams the object that an update carries into {@link UpdateFields}; each method leaves the parser on its value's end. */
final class BodyReader {
    private BodyReader() {}

    static void read(JsonParser json, UpdateFields into) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            if (!readMessageField(json, name, into) && !readOtherField(json, name, into)) {
                into.unknownFields += KnownFields.contains(name) ? 0 : 1;
                json.skipChildren();
            }
        }
    }

    private static boolean readMessageField(JsonParser json, String name, UpdateFields into) throws IOException {
        switch (name) {
            case "message_id" -> into.messageId = integer(json);
            case "date" -> into.date = integer(json);
            case "edit_date" -> into.editDate = integer(json);
            case "message_thread_id" -> into.threadId = integer(json);
            case "is_topic_message" -> into.topicMessage = bool(json);
            case "chat" -> into.chat = chat(json);
            case "text" -> into.text = string(json);
            case "caption" -> into.caption = string(json);
            case "entities" -> commands(json, into.textCommands);
            case "caption_entities" -> commands(json, into.captionCommands);
            default -> {
                return false;
            }
        }
        return true;
    }

    private static boolean readOtherField(JsonParser json, String name, UpdateFields into) throws IOException {
        switch (name) {
            case "migrate_to_chat_id" -> into.migrateTo = integer(json);
            case "migrate_from_chat_id" -> into.migrateFrom = integer(json);
            case "new_chat_member" -> into.newStatus = status(json);
            case "from" -> into.from = user(json);
            case "user" -> into.user = user(json);
            case "id" -> into.id = string(json);
            case "data" -> into.data = string(json);
            case "message" -> into.buttonMessage = message(json);
            default -> {
                return false;
            }
        }
        return true;
    }

    private static @Nullable UpdateFields message(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return null;
        }
        UpdateFields message = new UpdateFields();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            if (!readMessageField(json, name, message)) {
                json.skipChildren();
            }
        }
        return message;
    }

    private static @Nullable Chat chat(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return null;
        }
        Long id = null;
        String type = null;
        String title = null;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "id" -> id = integer(json);
                case "type" -> type = string(json);
                case "title" -> title = string(json);
                default -> json.skipChildren();
            }
        }
        return id == null ? null : new Chat(id, type == null ? "unknown" : type, title);
    }

    private static @Nullable User user(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return null;
        }
        Long id = null;
        boolean bot = false;
        String username = null;
        String firstName = null;
        String language = null;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "id" -> id = integer(json);
                case "is_bot" -> bot = bool(json);
                case "username" -> username = string(json);
                case "first_name" -> firstName = string(json);
                case "language_code" -> language = string(json);
                default -> json.skipChildren();
            }
        }
        return id == null ? null : new User(id, bot, username, firstName, language);
    }

    private static @Nullable String status(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return null;
        }
        String status = null;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            if (name.equals("status")) {
                status = string(json);
            } else {
                json.skipChildren();
            }
        }
        return status;
    }

    private static void commands(JsonParser json, List<CommandEntity> into) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            json.skipChildren();
            return;
        }
        into.clear();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() == JsonToken.START_OBJECT) {
                command(json, into);
            } else {
                json.skipChildren();
            }
        }
    }

    private static void command(JsonParser json, List<CommandEntity> into) throws IOException {
        String type = null;
        Long offset = null;
        Long length = null;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "type" -> type = string(json);
                case "offset" -> offset = integer(json);
                case "length" -> length = integer(json);
                default -> json.skipChildren();
            }
        }
        if ("bot_command".equals(type) && offset != null && fits(offset) && length != null && fits(length)) {
            into.add(new CommandEntity(offset.intValue(), length.intValue()));
        }
    }

    private static boolean fits(long number) {
        return number >= 0 && number <= 1 << 20;
    }

    /** The number, null where the value is none or a fraction; one beyond 64 bits throws. */
    static @Nullable Long integer(JsonParser json) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NUMBER_INT) {
            return json.getLongValue();
        }
        json.skipChildren();
        return null;
    }

    private static boolean bool(JsonParser json) throws IOException {
        json.skipChildren();
        return json.currentToken() == JsonToken.VALUE_TRUE;
    }

    private static @Nullable String string(JsonParser json) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_STRING) {
            return json.getText();
        }
        json.skipChildren();
        return null;
    }
}
