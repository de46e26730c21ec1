package io.holdfast.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What Telegram takes as the text of a message: valid UTF-8, known markup, entities inside the text, few enough units. */
final class TextRules {

    static final int MAX_TEXT = 4096;
    static final int MAX_CAPTION = 1024;

    private static final int MAX_RAW_BYTES = 32 * 1024;
    private static final Set<String> ENTITY_TYPES = Set.of(
            "mention",
            "hashtag",
            "cashtag",
            "bot_command",
            "url",
            "email",
            "phone_number",
            "bold",
            "italic",
            "underline",
            "strikethrough",
            "spoiler",
            "blockquote",
            "expandable_blockquote",
            "code",
            "pre",
            "text_link",
            "text_mention",
            "custom_emoji",
            "date_time");

    private TextRules() {}

    static ParsedText parse(Params params, String textName, String entitiesName, int most) throws ApiException {
        String raw = params.text(textName);
        requireUnicode(raw);
        if (utf8Length(raw) > MAX_RAW_BYTES) {
            throw tooLong(most);
        }
        String mode = params.text("parse_mode").toLowerCase(Locale.ROOT);
        String clean = clean(raw);
        ParsedText parsed = switch (mode) {
            case "" -> new ParsedText(clean, entities(params, entitiesName, clean));
            case "html" -> new HtmlText(clean).parse();
            case "markdownv2" -> new MarkdownV2Text(clean).parse();
            case "markdown" -> new MarkdownText(clean).parse();
            default -> throw ApiException.bad("unsupported parse_mode");
        };
        ParsedText trimmed = parsed.trimmed();
        if (trimmed.text().length() > most) {
            throw tooLong(most);
        }
        return trimmed;
    }

    private static ApiException tooLong(int most) {
        return ApiException.bad(most == MAX_CAPTION ? "message caption is too long" : "message is too long");
    }

    static void requireUnicode(String text) throws ApiException {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                throw ApiException.bad("strings must be encoded in UTF-8");
            }
        }
    }

    static int utf8Length(CharSequence text) {
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            // Each half of a pair is two of its four bytes.
            length += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return length;
    }

    /** Control characters become spaces, carriage returns vanish. */
    private static String clean(String text) {
        StringBuilder out = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' && c != '\n' && out == null) {
                out = new StringBuilder(text.length()).append(text, 0, i);
            }
            if (out != null && c != '\r') {
                out.append(c < ' ' && c != '\n' ? ' ' : c);
            }
        }
        return out == null ? text : out.toString();
    }

    private static List<ParsedText.Entity> entities(Params params, String name, String text) throws ApiException {
        List<ParsedText.Entity> entities = new ArrayList<>();
        JsonNode nodes = params.json(name, "can't parse entities: can't parse entities JSON object");
        if (nodes == null) {
            return entities;
        }
        if (!nodes.isArray()) {
            throw ApiException.bad("can't parse entities: expected an Array");
        }
        for (JsonNode node : nodes) {
            entities.add(entity(node, text));
        }
        return entities;
    }

    private static ParsedText.Entity entity(JsonNode node, String text) throws ApiException {
        String type = node.path("type").asText();
        if (!node.isObject()
                || !node.path("offset").isInt()
                || !node.path("length").isInt()) {
            throw ApiException.bad("can't parse entities: an entity needs a type, an offset and a length");
        }
        int offset = node.path("offset").asInt();
        int length = node.path("length").asInt();
        if (!ENTITY_TYPES.contains(type)) {
            throw ApiException.bad("can't parse entities: unsupported type specified");
        }
        if (offset < 0 || length <= 0 || (long) offset + length > text.length()) {
            throw ApiException.bad("can't parse entities: entity of %d units at offset %d is outside of the text"
                    .formatted(length, offset));
        }
        if (splitsPair(text, offset) || splitsPair(text, offset + length)) {
            throw ApiException.bad("can't parse entities: entity begins or ends in a middle of a UTF-16 symbol");
        }
        ObjectNode rest = ((ObjectNode) node.deepCopy()).without(List.of("type", "offset", "length"));
        String json = rest.toString();
        return new ParsedText.Entity(type, offset, length, json.substring(1, json.length() - 1));
    }

    private static boolean splitsPair(String text, int at) {
        return at > 0
                && at < text.length()
                && Character.isHighSurrogate(text.charAt(at - 1))
                && Character.isLowSurrogate(text.charAt(at));
    }
}
