package io.holdfast.rig;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.testkit.HoldfastClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Makes requests after the OpenAPI document that the server gives; how far they keep to it is up to the {@link HostileValues}. */
final class RestGrammar {

    /** One request before its headers. */
    record Request(String method, String path, String body) {}

    private record Operation(String method, String path, JsonNode description) {}

    private static final List<String> OTHER_METHODS = List.of("HEAD", "OPTIONS", "PATCH", "TRACE", "get", "NONSENSE");
    private static final List<String> PIECES = List.of(
            "%00",
            "%ff", "%", "%zz", "..%2f", "%0d%0aX:%20y", "'", "%5c", "9".repeat(40), "-1", "%c0%af", "a".repeat(3000));

    private final JsonNode document;
    private final List<Operation> operations = new ArrayList<>();
    private final List<String> ids;

    /** @param ids what is there and may be looked at and changed, but is never deleted */
    RestGrammar(HoldfastClient client, List<String> ids) {
        this.document = client.send("GET", "/openapi?format=JSON", null).body();
        this.ids = List.copyOf(ids);
        String base = document.path("servers").path(0).path("url").asText().replaceFirst("^https?://[^/]*", "");
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
                if (List.of("get", "put", "post", "delete", "patch").contains(method.getKey())) {
                    String address = path.getKey().startsWith("/api/") ? path.getKey() : "/api/v1" + path.getKey();
                    operations.add(new Operation(
                            method.getKey().toUpperCase(Locale.ROOT),
                            base.endsWith("/api/v1") ? base + path.getKey() : address,
                            method.getValue()));
                }
            }
        }
    }

    int operations() {
        return operations.size();
    }

    Request request(HostileValues values) {
        Operation operation = values.pick(operations);
        String method = values.strikes() && values.below(4) == 0 ? values.pick(OTHER_METHODS) : operation.method();
        StringBuilder path = new StringBuilder();
        for (String step : operation.path().split("(?=/)", -1)) {
            path.append(step.startsWith("/{") ? "/" + id(values, method) : step);
        }
        if (values.strikes()) {
            path.append('/').append(values.pick(PIECES));
        }
        query(path, operation.description(), values);
        JsonNode schema = operation
                .description()
                .path("requestBody")
                .path("content")
                .path("application/json")
                .path("schema");
        StringBuilder body = new StringBuilder();
        if (!schema.isMissingNode()) {
            value(body, schema, values, 0);
        } else if (values.strikes()) {
            body.append(values.hostile());
        }
        return new Request(method, path.toString(), body.toString());
    }

    private String id(HostileValues values, String method) {
        if (values.strikes()) {
            return values.pick(PIECES);
        }
        return method.equals("DELETE") || values.below(3) == 0
                ? Integer.toString(values.below(1_000_000))
                : values.pick(ids);
    }

    private void query(StringBuilder path, JsonNode operation, HostileValues values) {
        char sign = '?';
        for (JsonNode parameter : operation.path("parameters")) {
            if (parameter.path("in").asText().equals("query") && values.below(2) == 0) {
                String value = values.strikes() ? values.pick(PIECES) : plain(parameter.path("schema"), values);
                path.append(sign)
                        .append(parameter.path("name").asText())
                        .append('=')
                        .append(value);
                sign = '&';
            }
        }
        if (values.strikes()) {
            path.append(sign).append("cursor=").append(values.pick(PIECES));
        }
    }

    private String plain(JsonNode schema, HostileValues values) {
        return switch (schema.path("type").asText()) {
            case "integer", "number" -> Integer.toString(values.below(1000));
            case "boolean" -> "true";
            default -> values.pick(ids);
        };
    }

    private void value(StringBuilder out, JsonNode schema, HostileValues values, int depth) {
        JsonNode known = resolved(schema);
        if (known.path("type").asText().equals("object") || known.has("properties")) {
            String comma = "{";
            for (Map.Entry<String, JsonNode> property : known.path("properties").properties()) {
                if (!values.strikes()) {
                    out.append(comma).append('"').append(property.getKey()).append("\":");
                    value(out, property.getValue(), values, depth + 1);
                    comma = ",";
                }
            }
            out.append(comma.equals("{") ? "{}" : "}");
        } else if (known.path("type").asText().equals("array") && depth < 4) {
            out.append('[');
            value(out, known.path("items"), values, depth + 1);
            out.append(']');
        } else {
            out.append(scalar(known, values));
        }
    }

    private String scalar(JsonNode schema, HostileValues values) {
        if (!values.strikes() && schema.path("enum").size() > 0) {
            return schema.path("enum")
                    .path(values.below(schema.path("enum").size()))
                    .toString();
        }
        return switch (schema.path("type").asText()) {
            case "integer" -> values.scalar('I');
            case "number" -> values.scalar('F');
            case "boolean" -> values.scalar('B');
            default -> values.below(3) == 0 ? '"' + values.pick(ids) + '"' : values.scalar('S');
        };
    }

    private JsonNode resolved(JsonNode schema) {
        String reference = schema.path("$ref").asText();
        return reference.isEmpty() ? schema : document.at(reference.substring(1));
    }
}
