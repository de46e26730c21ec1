package io.holdfast.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads a body of at most 256 KiB of UTF-8 as one JSON object without repeated keys. */
@Provider
@Consumes(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class RequestReader implements MessageBodyReader<RequestFields> {
    static final int LARGEST = 256 * 1024;

    @Override
    public boolean isReadable(Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
        return type == RequestFields.class;
    }

    @Override
    public RequestFields readFrom(
            Class<RequestFields> type,
            Type genericType,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, String> headers,
            InputStream body) {
        String encoding = headers.getFirst(HttpHeaders.CONTENT_ENCODING);
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw AdminProblem.UNSUPPORTED_MEDIA_TYPE.because("Send the body without Content-Encoding.");
        }
        byte[] bytes = read(body);
        if (bytes.length > LARGEST) {
            throw AdminProblem.TOO_LARGE.because("Send at most 256 KiB.");
        }
        return new RequestFields(parse(bytes));
    }

    /** A body that breaks off, or whose chunks are none, is the caller's mistake. */
    private static byte[] read(InputStream body) {
        try {
            return body.readNBytes(LARGEST + 1);
        } catch (IOException e) {
            throw AdminProblem.MALFORMED_JSON.because("The body cannot be read to its end.");
        }
    }

    static ObjectNode parse(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            JsonNode tree = Json.MAPPER.readTree(text);
            if (tree instanceof ObjectNode fields) {
                return fields;
            }
            throw AdminProblem.MALFORMED_JSON.because("The body must be one JSON object.");
        } catch (CharacterCodingException e) {
            throw AdminProblem.MALFORMED_JSON.because("The body is not UTF-8.");
        } catch (JsonProcessingException e) {
            // The parser's own text would quote the body, which may hold a token.
            var at = e.getLocation();
            throw AdminProblem.MALFORMED_JSON.because(
                    at == null
                            ? "The body is not valid JSON, or a key stands in it twice."
                            : "The body is not valid JSON, or a key stands in it twice (line %d, column %d)."
                                    .formatted(at.getLineNr(), at.getColumnNr()));
        }
    }
}
