package io.holdfast.telegram;

import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;

/**
 * A body that the HTTP client may send once.
 *
 * <p>Without this OkHttp sends a call again by itself, for example after a 503 with Retry-After 0: a copy that our outbox would not
 * know of.
 */
final class OneShotBody extends RequestBody {
    private final MediaType type;
    private final byte[] content;

    OneShotBody(MediaType type, byte[] content) {
        this.type = type;
        this.content = content;
    }

    @Override
    public MediaType contentType() {
        return type;
    }

    @Override
    public long contentLength() {
        return content.length;
    }

    @Override
    public boolean isOneShot() {
        return true;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
        sink.write(content);
    }
}
