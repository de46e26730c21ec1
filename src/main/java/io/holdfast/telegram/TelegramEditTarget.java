package io.holdfast.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.holdfast.channel.EditTarget;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An edit of the same kind of the same message, or a draft under the same id, replaces the one before it. */
@ApplicationScoped
class TelegramEditTarget implements EditTarget {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> NAMES = List.of("chat_id", "message_id", "inline_message_id", "draft_id");

    @Override
    public @Nullable String of(String method, byte[] payload) {
        if (!method.startsWith("edit") && !method.endsWith("Draft")) {
            return null;
        }
        try {
            JsonNode parameters = JSON.readTree(payload);
            StringBuilder target = new StringBuilder(method);
            NAMES.forEach(
                    name -> target.append(' ').append(parameters.path(name).asText("")));
            return target.toString();
        } catch (IOException e) {
            return null;
        }
    }
}
