package io.holdfast.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The decoded parameters of one call. */
record Params(Map<String, String> values) {

    String text(String name) {
        return values.getOrDefault(name, "");
    }

    boolean has(String name) {
        return !text(name).isEmpty();
    }

    /** As the Bot API server does, what is no number counts as 0. */
    long integer(String name, long otherwise) {
        String value = values.get(name);
        return value == null || value.isEmpty() ? otherwise : number(value);
    }

    private static long number(String value) {
        try {
            return Long.parseLong(value.strip());
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    boolean flag(String name) {
        String value = text(name).toLowerCase(Locale.ROOT);
        return value.equals("true") || value.equals("1") || value.equals("yes") || value.equals("t");
    }

    /** Null when the parameter was not sent. */
    @Nullable
    JsonNode json(String name, String complaint) throws ApiException {
        if (!has(name)) {
            return null;
        }
        JsonNode node = Json.parse(text(name));
        if (node == null) {
            throw ApiException.bad(complaint);
        }
        return node;
    }
}
