package io.holdfast.rig;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes updates after the types of the Bot API; how far they keep to them is up to the {@link HostileValues}. */
final class UpdateGrammar {
    private static final int DEEPEST = 6;
    private static final String UPDATE = "Update";

    private record Field(String name, boolean required, int arrays, String type) {}

    private final Map<String, List<Field>> fields = new HashMap<>();
    private final Map<String, List<String>> choices = new HashMap<>();

    static UpdateGrammar load() {
        UpdateGrammar grammar = new UpdateGrammar();
        try (InputStream in = UpdateGrammar.class.getResourceAsStream("/rig/bot-api-types.txt")) {
            if (in == null) {
                throw new IllegalStateException("bot-api-types.txt is not on the class path");
            }
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .forEach(grammar::add);
            return grammar;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(String line) {
        List<String> words = List.of(line.split(" ", -1));
        for (String word : words.subList(1, words.size())) {
            if (word.startsWith("|")) {
                choices.computeIfAbsent(words.getFirst(), type -> new ArrayList<>())
                        .add(word.substring(1));
            } else {
                String name = word.substring(0, word.indexOf(':'));
                String type = word.substring(word.indexOf(':') + 1);
                boolean required = name.endsWith("!");
                fields.computeIfAbsent(words.getFirst(), owner -> new ArrayList<>())
                        .add(new Field(
                                required ? name.substring(0, name.length() - 1) : name,
                                required,
                                type.lastIndexOf('[') + 1,
                                type.substring(type.lastIndexOf('[') + 1)));
            }
        }
    }

    int types() {
        return fields.size() + choices.size();
    }

    /** One update as JSON text, or what a damaged one looks like. */
    String update(HostileValues values, long updateId) {
        StringBuilder out = new StringBuilder("{\"update_id\":");
        out.append(values.strikes() && values.below(4) == 0 ? values.hostile() : Long.toString(updateId));
        List<Field> kinds = fields.getOrDefault(UPDATE, List.of());
        field(out, values.pick(kinds.subList(1, kinds.size())), values, 0);
        if (values.strikes()) {
            field(out, values.pick(kinds), values, 0);
        }
        return out.append('}').toString();
    }

    private void field(StringBuilder out, Field field, HostileValues values, int depth) {
        out.append(",\"").append(values.strikes() && values.below(9) == 0 ? values.text() : field.name());
        out.append("\":").append("[".repeat(field.arrays()));
        value(out, field.type(), values, depth + 1);
        out.append("]".repeat(field.arrays()));
    }

    private void value(StringBuilder out, String type, HostileValues values, int depth) {
        if (type.length() == 1) {
            out.append(values.scalar(type.charAt(0)));
        } else if (values.below(20) == 0 && values.strikes()) {
            out.append(values.hostile());
        } else if (choices.containsKey(type)) {
            value(out, values.pick(choices.getOrDefault(type, List.of())), values, depth);
        } else {
            object(out, fields.getOrDefault(type, List.of()), values, depth);
        }
    }

    private void object(StringBuilder out, List<Field> all, HostileValues values, int depth) {
        out.append("{\"z\":0");
        for (Field field : all) {
            boolean wanted = field.required() ? !values.strikes() : values.below(3 + 4 * depth) == 0;
            if (wanted && depth < DEEPEST) {
                field(out, field, values, depth);
                if (values.strikes() && values.below(3) == 0) {
                    field(out, field, values, depth);
                }
            }
        }
        out.append('}');
    }
}
