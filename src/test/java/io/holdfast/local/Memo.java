package io.holdfast.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.testkit.Folders;
import io.holdfast.testkit.StartRefusedException;
import java.nio.file.Path;
import java.util.Optional;

/** What one local run leaves for the next, in a file that only its owner may read. */
final class Memo {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final ObjectNode values;

    private Memo(Path file, ObjectNode values) {
        this.file = file;
        this.values = values;
    }

    static Memo in(Path data) {
        Path file = data.resolve("local.json");
        String text = Folders.readIfThere(file);
        try {
            return new Memo(file, text == null ? JSON.createObjectNode() : JSON.readValue(text, ObjectNode.class));
        } catch (JsonProcessingException e) {
            throw new StartRefusedException(
                    "%s cannot be read: delete the folder %s to begin anew, or repair the file.".formatted(file, data),
                    e);
        }
    }

    Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name)).map(node -> node.asText());
    }

    void put(String name, String value) {
        values.put(name, value);
        Folders.writeSecret(file, values.toPrettyString() + System.lineSeparator());
    }
}
