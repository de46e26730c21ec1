package io.holdfast.telegram;

import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;

/**
 * A JSON body that the HTTP client may send once.
 *
 * <p>Without this OkHttp sends a call again by itself, for example after a 503 with Retry-After 0: a copy that our outbox would not
 * know of.
 */
final class OneShotJson extends RequestBody {
    private static final MediaType JSON = MediaType.get("application/json");

    private final byte[] json;

    OneShotJson(byte[] json) {
        this.json = json;
    }

    @Override
    public MediaType contentType() {
        return JSON;
    }

    @Override
    public long contentLength() {
        return json.length;
    }

    @Override
    public boolean isOneShot() {
        return true;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
        sink.write(json);
    }
}
