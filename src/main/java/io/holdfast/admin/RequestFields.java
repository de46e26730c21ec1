package io.holdfast.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.admin.Problem.FieldError;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a request's body, taken one by one; every mistake is collected until {@link #verify()} tells them all.
 *
 * <p>A field that is not valid comes out as an empty text or a fixed value; it must not be used before {@code verify()}.
 */
final class RequestFields {
    private static final UUID NONE = new UUID(0, 0);

    private final ObjectNode body;
    private final String place;
    private final Set<String> taken = new HashSet<>();
    private final List<RequestFields> inner = new ArrayList<>();
    private final List<FieldError> errors;

    RequestFields(ObjectNode body) {
        this(body, "", new ArrayList<>());
    }

    private RequestFields(ObjectNode body, String place, List<FieldError> errors) {
        this.body = body;
        this.place = place;
        this.errors = errors;
    }

    /** The fields of an object within this one; their mistakes are told with its own. */
    RequestFields object(String name) {
        JsonNode value = required(name);
        if (value != null && !value.isObject()) {
            mistake(name, "must be an object", "");
        }
        ObjectNode fields = value instanceof ObjectNode object ? object : body.objectNode();
        RequestFields found = new RequestFields(fields, place + pointer(name), errors);
        inner.add(found);
        return found;
    }

    boolean has(String name) {
        return body.has(name);
    }

    /** A text or a number as text; null where there is none. */
    @Nullable
    String optional(String name) {
        taken.add(name);
        JsonNode value = body.get(name);
        if (value == null) {
            return null;
        }
        if (value.isTextual() || value.isIntegralNumber()) {
            return value.asText();
        }
        mistake(name, "must be a text", "");
        return null;
    }

    /** A text of {@code min} to {@code max} characters without control characters or halves of a character. */
    String text(String name, int min, int max) {
        JsonNode value = required(name);
        if (value == null) {
            return "";
        }
        if (!value.isTextual()) {
            return mistake(name, "must be a text", "");
        }
        String text = value.textValue();
        int length = text.codePointCount(0, text.length());
        if (length < min || length > max) {
            return mistake(name, "must have %d to %d characters".formatted(min, max), "");
        }
        if (text.codePoints().anyMatch(RequestFields::unfit)) {
            return mistake(name, "must not hold control characters", "");
        }
        return text;
    }

    /** A text that is not blank and has no space at its ends. */
    String name(String name, int max) {
        String text = text(name, 1, max);
        return text.equals(text.strip()) ? text : mistake(name, "must not begin or end with a space", "");
    }

    String matching(String name, Pattern form, String detail) {
        JsonNode value = required(name);
        if (value == null) {
            return "";
        }
        return value.isTextual() && form.matcher(value.textValue()).matches()
                ? value.textValue()
                : mistake(name, detail, "");
    }

    UUID id(String name) {
        JsonNode value = required(name);
        if (value == null) {
            return NONE;
        }
        try {
            UUID id = UUID.fromString(value.asText());
            if (value.isTextual() && id.toString().equalsIgnoreCase(value.textValue())) {
                return id;
            }
        } catch (IllegalArgumentException e) {
            // Told below, like any other value that is no id.
        }
        return mistake(name, "must be an id such as 0b6f1c1e-8f0e-4d0b-9f57-3c1f6f0f2b6a", NONE);
    }

    boolean flag(String name, boolean absent) {
        taken.add(name);
        JsonNode value = body.get(name);
        if (value == null) {
            return absent;
        }
        return value.isBoolean() ? value.booleanValue() : mistake(name, "must be true or false", absent);
    }

    /** All fields with their texts, for those who know themselves which names there are. */
    Map<String, String> allTexts() {
        Map<String, String> texts = new LinkedHashMap<>();
        body.properties().forEach(field -> {
            taken.add(field.getKey());
            if (field.getValue().isTextual()) {
                texts.put(field.getKey(), field.getValue().textValue());
            } else {
                mistake(field.getKey(), "must be a text", "");
            }
        });
        return texts;
    }

    /** Adds a mistake that others have found. */
    void reject(String name, String detail) {
        mistake(name, detail, "");
    }

    /** Refuses the request when any field taken so far was not valid, or one was sent that nobody takes. */
    void verify() {
        refuseUnknown();
        if (!errors.isEmpty()) {
            String count = errors.size() == 1 ? "1 field is" : errors.size() + " fields are";
            throw new ProblemException(AdminProblem.INVALID_FIELDS, count + " not valid.", errors);
        }
    }

    private void refuseUnknown() {
        body.fieldNames().forEachRemaining(name -> {
            if (!taken.contains(name)) {
                mistake(name, "is not a field of this request", "");
            }
        });
        inner.forEach(RequestFields::refuseUnknown);
    }

    private @Nullable JsonNode required(String name) {
        taken.add(name);
        JsonNode value = body.get(name);
        if (value == null || value.isNull()) {
            mistake(name, "is missing", "");
            return null;
        }
        return value;
    }

    private <T> T mistake(String name, String detail, T instead) {
        errors.add(FieldError.at(place + pointer(name), detail));
        return instead;
    }

    // RFC 6901; a long foreign name is cut so that the answer stays small.
    private static String pointer(String name) {
        String shown = name.length() > 64 ? name.substring(0, 64) + "…" : name;
        return "/" + shown.replace("~", "~0").replace("/", "~1");
    }

    static boolean unfit(int codePoint) {
        return Character.isISOControl(codePoint) || Character.getType(codePoint) == Character.SURROGATE;
    }
}
