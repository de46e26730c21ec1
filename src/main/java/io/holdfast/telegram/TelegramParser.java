package io.holdfast.telegram;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.holdfast.channel.InboundUpdate;
import io.holdfast.channel.UnreadableUpdateException;
import io.holdfast.channel.UpdateParser;
import io.holdfast.kernel.BotId;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * Reads an update from its raw bytes in one pass, without a tree; the same bytes and moment always give the same value.
 *
 * <p>Unknown kinds and fields are accepted and counted; a field of an unexpected type counts as absent. Strict UTF-8, at most 64 levels
 * deep, numbers of at most 40 digits, ids of at most 64 bits. The caller limits the size. Throws nothing but
 * {@link UnreadableUpdateException}, whose message quotes nothing of the update. Safe for many threads.
 */
@ApplicationScoped
public class TelegramParser implements UpdateParser {
    static final String CHANNEL = "telegram";

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(64)
                    .maxNumberLength(40)
                    .maxStringLength(1 << 20)
                    .maxNameLength(1 << 16)
                    .build())
            // Names come from strangers; they are not worth a place in the string table of the process.
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    @Override
    public String channel() {
        return CHANNEL;
    }

    @Override
    public boolean knows(String kind) {
        return UpdateKinds.KNOWN.contains(kind);
    }

    @Override
    public InboundUpdate parse(BotId bot, byte[] payload, Instant acceptedAt) throws UnreadableUpdateException {
        CharBuffer text = decode(payload);
        UpdateFields update = new UpdateFields();
        try (JsonParser json = JSON.createParser(text.array(), text.arrayOffset(), text.remaining())) {
            readTopLevel(json, update);
        } catch (IOException | RuntimeException e) {
            // Jackson's message quotes the update. Too many names of one hash end in an unchecked exception.
            throw new UnreadableUpdateException("not JSON within the limits (" + named(e) + ")");
        }
        return UpdateMeaning.of(bot, update, acceptedAt);
    }

    private static void readTopLevel(JsonParser json, UpdateFields update)
            throws IOException, UnreadableUpdateException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw new UnreadableUpdateException("not a JSON object");
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            if (name.equals("update_id")) {
                update.updateId = BodyReader.integer(json);
            } else if (value == JsonToken.START_OBJECT && update.kind == null) {
                update.kind = name;
                BodyReader.read(json, update);
            } else {
                update.unknownFields++;
                json.skipChildren();
            }
        }
        if (json.nextToken() != null) {
            throw new UnreadableUpdateException("more than one JSON value");
        }
    }

    /** Jackson's own reading of bytes lets overlong forms pass, takes zero bytes for UTF-16, refuses a lone surrogate in a name. */
    private static CharBuffer decode(byte[] payload) throws UnreadableUpdateException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(payload));
        } catch (CharacterCodingException e) {
            throw new UnreadableUpdateException("not UTF-8");
        }
    }

    private static String named(Exception e) {
        return e.getClass().getSimpleName();
    }
}
