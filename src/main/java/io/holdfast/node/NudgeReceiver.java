package io.holdfast.node;

import io.holdfast.kernel.HoldfastException;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.InstantSource;

/**
 * Where other nodes nudge this one: 204, or 403 for whoever does not hold the installation's key.
 *
 * <p>A nudge says nothing but that there may be work; no body is read. {@link InternalPort} lets none in from elsewhere.
 */
@WebServlet(Nudges.PATH)
public class NudgeReceiver extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient Nodes nodes;

    @Inject
    private transient InstallationKey key;

    @Inject
    private transient InstantSource clock;

    @Inject
    private transient Event<Nudged> nudged;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) {
        try {
            new NudgeSignature(key.derive(Nudges.PURPOSE))
                    .sender(request.getHeader(NudgeSignature.HEADER), nodes.self(), clock.instant())
                    .ifPresentOrElse(
                            sender -> {
                                nudged.fire(new Nudged(sender));
                                response.setStatus(HttpServletResponse.SC_NO_CONTENT);
                            },
                            () -> response.setStatus(HttpServletResponse.SC_FORBIDDEN));
        } catch (HoldfastException e) {
            response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        }
    }
}
