package io.holdfast.telegram;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A delivery as far as it may be looked at before the secret is known to be right: all but its body.
 *
 * @param headers what is kept of a delivery that is parked; put together when it is asked for
 */
record WebhookRequest(
        String route,
        @Nullable String secret,
        @Nullable String contentEncoding,
        Supplier<String> headers,
        BodySource body) {
    static final String SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token";

    private static final Set<String> NEVER_KEPT =
            Set.of(SECRET_HEADER.toLowerCase(Locale.ROOT), "cookie", "authorization", "proxy-authorization");
    private static final int LONGEST_HEADERS = 16 * 1024;

    /** Opens the body; a servlet request may start to read as soon as it is asked for its stream. */
    interface BodySource {
        InputStream open() throws IOException;
    }

    static WebhookRequest of(String route, HttpServletRequest request) {
        return new WebhookRequest(
                route,
                request.getHeader(SECRET_HEADER),
                request.getHeader("Content-Encoding"),
                () -> headersOf(request),
                request::getInputStream);
    }

    /** Shows neither the secret nor the route, which are worth something only together. */
    @Override
    public String toString() {
        return "WebhookRequest[…]";
    }

    private static String headersOf(HttpServletRequest request) {
        StringBuilder text = new StringBuilder();
        for (String name : Collections.list(request.getHeaderNames())) {
            if (NEVER_KEPT.contains(name.toLowerCase(Locale.ROOT))) {
                continue;
            }
            for (String value : Collections.list(request.getHeaders(name))) {
                text.append(name).append(": ").append(value).append('\n');
            }
        }
        return text.substring(0, Math.min(LONGEST_HEADERS, text.length()));
    }
}
