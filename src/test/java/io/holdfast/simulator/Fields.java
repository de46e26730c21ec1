package io.holdfast.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The input of a control request: JSON body or query, with one clear sentence for what is missing or wrong. */
final class Fields {

    private static final int DEFAULT_LIMIT = 100;
    private static final int MOST = 10_000;

    private final ObjectNode values;

    private Fields(ObjectNode values) {
        this.values = values;
    }

    static Fields of(HttpRequest request) throws ApiException {
        ObjectNode values = JsonNodeFactory.instance.objectNode();
        if (request.body().length > 0) {
            if (!(Json.parse(request.body()) instanceof ObjectNode body)) {
                throw new IllegalArgumentException("the body must be one JSON object");
            }
            values.setAll(body);
        }
        Map<String, String> query = new RawParameters(request.query(), "", new byte[0]).decodeStrictly();
        query.forEach(values::put);
        return new Fields(values);
    }

    String text(String name) {
        String value = text(name, "");
        if (value.isEmpty()) {
            throw new IllegalArgumentException("the field " + name + " is missing");
        }
        return value;
    }

    String text(String name, String otherwise) {
        JsonNode value = values.get(name);
        return value == null || value.isNull() ? otherwise : value.asText();
    }

    long number(String name) {
        text(name);
        return number(name, 0);
    }

    long number(String name, long otherwise) {
        String value = text(name, "");
        try {
            return value.isEmpty() ? otherwise : Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("the field " + name + " must be a whole number", e);
        }
    }

    double decimal(String name, double otherwise) {
        String value = text(name, "");
        try {
            return value.isEmpty() ? otherwise : Double.parseDouble(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("the field " + name + " must be a number", e);
        }
    }

    boolean has(String name) {
        return values.hasNonNull(name);
    }

    boolean flag(String name) {
        return text(name, "false").equals("true");
    }

    List<Long> numbers(String name) {
        List<Long> numbers = new ArrayList<>();
        values.path(name).forEach(number -> numbers.add(number.asLong()));
        return numbers;
    }

    /** An object, or null. */
    @Nullable
    JsonNode json(String name) {
        JsonNode value = values.get(name);
        return value != null && value.isObject() ? value : null;
    }

    int limit() {
        return Math.clamp(number("limit", DEFAULT_LIMIT), 1, MOST);
    }
}
