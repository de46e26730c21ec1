package io.holdfast.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the Bot API 10.1 says about its methods: names, parameters, which are required, and their types. */
final class MethodSpecs {

    /** One parameter; {@code types} as the data file writes them. */
    record Parameter(String name, boolean required, String types) {}

    private static final MethodSpecs INSTANCE = load();

    private final Map<String, String> names = new HashMap<>();
    private final Map<String, Map<String, Parameter>> parameters = new HashMap<>();

    static MethodSpecs instance() {
        return INSTANCE;
    }

    private static MethodSpecs load() {
        MethodSpecs specs = new MethodSpecs();
        try (InputStream in = MethodSpecs.class.getResourceAsStream("/simulator/bot-api-methods.txt")) {
            if (in == null) {
                throw new IllegalStateException("bot-api-methods.txt is not on the class path");
            }
            new String(in.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .forEach(specs::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return specs;
    }

    private void add(String line) {
        List<String> words = List.of(line.split(" ", -1));
        Map<String, Parameter> known = new HashMap<>();
        for (String word : words.subList(1, words.size())) {
            int colon = word.indexOf(':');
            boolean required = word.charAt(colon - 1) == '!';
            String name = word.substring(0, required ? colon - 1 : colon);
            known.put(name, new Parameter(name, required, word.substring(colon + 1)));
        }
        names.put(words.getFirst().toLowerCase(Locale.ROOT), words.getFirst());
        parameters.put(words.getFirst(), known);
    }

    int size() {
        return names.size();
    }

    /** The method's name in its right spelling, or null: Telegram does not mind capitals. */
    @Nullable
    String find(String method) {
        return parameters.containsKey(method) ? method : names.get(method.toLowerCase(Locale.ROOT));
    }

    List<String> unknownParameters(String method, Collection<String> sent) {
        Map<String, Parameter> known = parameters.get(method);
        return known == null
                ? List.of()
                : sent.stream().filter(name -> !known.containsKey(name)).toList();
    }

    /** Checks presence and types of a method that is not modelled further. */
    void check(String method, Map<String, String> values) throws ApiException {
        for (Parameter parameter : parameters.getOrDefault(method, Map.of()).values()) {
            String value = values.get(parameter.name());
            if (value == null || value.isEmpty()) {
                if (parameter.required()) {
                    throw ApiException.bad("parameter \"" + parameter.name() + "\" is required");
                }
            } else if (parameter.types().chars().noneMatch(type -> fits((char) type, value))) {
                throw ApiException.bad("parameter \"" + parameter.name() + "\" has the wrong type");
            }
        }
    }

    private static boolean fits(char type, String value) {
        return switch (type) {
            case 'I' -> value.matches("-?[0-9]{1,18}");
            case 'F' -> value.matches("-?[0-9]+([.][0-9]+)?([eE][-+]?[0-9]+)?");
            case 'B' -> value.matches("(?i)true|false|1|0|yes|no");
            case 'J' -> fitsJson(value, true);
            case 'A' -> fitsJson(value, false);
            default -> true;
        };
    }

    private static boolean fitsJson(String value, boolean object) {
        JsonNode node = Json.parse(value);
        return node != null && (object ? node.isObject() : node.isArray());
    }
}
