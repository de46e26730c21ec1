package io.holdfast.node;

import jakarta.inject.Inject;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Keeps what nodes say to each other on the internal port, and everything else of the application off it. */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public class InternalPort implements Filter {
    private static final String INTERNAL = "/internal/";

    @Inject
    private NodeConfig config;

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (belongs(((HttpServletRequest) request).getRequestURI(), request.getLocalPort(), config.internalPort)) {
            chain.doFilter(request, response);
        } else {
            ((HttpServletResponse) response).sendError(HttpServletResponse.SC_NOT_FOUND);
        }
    }

    /** By the port of the connection, which no header can change. */
    static boolean belongs(String path, int port, int internalPort) {
        return path.startsWith(INTERNAL) == (port == internalPort);
    }
}
