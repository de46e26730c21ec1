package io.holdfast.telegram;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Hides from the REST framework the headers of a delivery that it would parse, and refuse, before any code of ours runs.
 *
 * <p>A malformed Content-Type, Accept or Cookie would be answered with 400, and Telegram would send the same delivery for a
 * day. The delivery as it came stays an attribute of the request.
 */
@WebFilter("/telegram/*")
public class WebhookHeaders extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final String AS_IT_CAME = WebhookHeaders.class.getName();
    private static final Set<String> HIDDEN =
            Set.of("content-type", "accept", "accept-charset", "accept-encoding", "accept-language", "cookie");

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        request.setAttribute(AS_IT_CAME, request);
        chain.doFilter(new Without(request), response);
    }

    /** The delivery with all its headers. */
    static HttpServletRequest asItCame(HttpServletRequest request) {
        return request.getAttribute(AS_IT_CAME) instanceof HttpServletRequest original ? original : request;
    }

    private static final class Without extends HttpServletRequestWrapper {
        Without(HttpServletRequest request) {
            super(request);
        }

        private static boolean hidden(String name) {
            return HIDDEN.contains(name.toLowerCase(Locale.ROOT));
        }

        @Override
        public @Nullable String getHeader(String name) {
            return hidden(name) ? null : super.getHeader(name);
        }

        @Override
        public Enumeration<String> getHeaders(String name) {
            return hidden(name) ? Collections.emptyEnumeration() : super.getHeaders(name);
        }

        @Override
        public Enumeration<String> getHeaderNames() {
            return Collections.enumeration(Collections.list(super.getHeaderNames()).stream()
                    .filter(name -> !hidden(name))
                    .toList());
        }

        @Override
        public @Nullable String getContentType() {
            return null;
        }

        @Override
        public Cookie @Nullable [] getCookies() {
            return null;
        }
    }
}
