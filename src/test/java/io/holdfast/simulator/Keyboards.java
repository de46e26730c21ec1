package io.holdfast.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/** What Telegram takes as reply_markup. */
final class Keyboards {

    private static final int MOST_DATA_BYTES = 64;
    private static final int MOST_BUTTONS = 100;
    private static final Set<String> DECORATION = Set.of("text", "icon_custom_emoji_id", "style");

    private Keyboards() {}

    /** Returns the inline keyboard as JSON; empty when there is none, or another kind of keyboard. */
    static String inline(Params params) throws ApiException {
        JsonNode markup = params.json("reply_markup", "can't parse reply keyboard markup JSON object");
        if (markup == null) {
            return "";
        }
        if (!markup.isObject()) {
            throw ApiException.bad("object expected as reply markup");
        }
        JsonNode rows = markup.get("inline_keyboard");
        if (rows == null) {
            return "";
        }
        requireArray(rows);
        int buttons = 0;
        for (JsonNode row : rows) {
            requireArray(row);
            for (JsonNode button : row) {
                check(button);
                buttons++;
            }
        }
        if (buttons > MOST_BUTTONS) {
            throw ApiException.bad("reply markup is too long");
        }
        return buttons == 0 ? "" : "{\"inline_keyboard\":" + rows + "}";
    }

    private static void requireArray(JsonNode node) throws ApiException {
        if (!node.isArray()) {
            throw ApiException.bad("can't parse inline keyboard: expected an Array of Array of InlineKeyboardButton");
        }
    }

    private static void check(JsonNode button) throws ApiException {
        String text = button.path("text").asText();
        TextRules.requireUnicode(text);
        if (text.isBlank()) {
            throw ApiException.bad("inline keyboard button text must be non-empty");
        }
        long actions = button.properties().stream()
                .filter(field -> !DECORATION.contains(field.getKey()))
                .count();
        if (actions == 0) {
            throw ApiException.bad(
                    "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard");
        }
        JsonNode data = button.get("callback_data");
        if (data != null) {
            TextRules.requireUnicode(data.asText());
            int bytes = TextRules.utf8Length(data.asText());
            if (bytes < 1 || bytes > MOST_DATA_BYTES) {
                throw ApiException.bad("BUTTON_DATA_INVALID");
            }
        }
    }
}
