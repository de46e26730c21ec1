package io.holdfast.bench;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.io.IOException;

/** What the webhook would be if it did nothing: reads the body, answers an empty 200. */
@Path("{route}")
@ApplicationScoped
public class FloorResource {

    @POST
    public Response receive(@PathParam("route") String route, @Context HttpServletRequest request) throws IOException {
        byte[] body = request.getInputStream().readAllBytes();
        return Response.status(body.length > 0 && !route.isEmpty() ? 200 : 400).build();
    }
}
