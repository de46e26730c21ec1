package io.holdfast.admin;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.security.SecureRandom;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirements;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Lets the first operator in, by the secret that the server wrote to a file. */
@Path("/bootstrap")
@ApplicationScoped
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Access")
public class BootstrapResource {
    private static final Pattern USERNAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    /** What makes the first operator. */
    @Schema(requiredProperties = {"secret", "username", "password"})
    record BootstrapRequest(String secret, String username, String password) {
        static BootstrapRequest from(RequestFields fields) {
            var request = new BootstrapRequest(
                    fields.text("secret", 1, 200),
                    fields.matching("username", USERNAME, "must be 1 to 64 of A-Z a-z 0-9 . _ -"),
                    fields.text("password", 12, 200));
            fields.verify();
            return request;
        }
    }

    /** A bearer token, told this once. */
    record IssuedToken(String token) {}

    @Inject
    private BootstrapSecret secret;

    @Inject
    private Passwords passwords;

    @Inject
    private OperatorStore operators;

    @Inject
    private SecureRandom random;

    @POST
    @SecurityRequirements
    @Operation(
            summary = "Make the first operator",
            description = "Works once. A wrong secret and a used one get the same answer.")
    @RequestBody(
            required = true,
            content = @Content(schema = @Schema(implementation = BootstrapRequest.class), example = Examples.BOOTSTRAP))
    @APIResponse(
            responseCode = "201",
            description = "A bearer token for one hour",
            content = @Content(schema = @Schema(implementation = IssuedToken.class), example = Examples.TOKEN))
    @APIResponse(responseCode = "default", ref = "problem")
    public Response bootstrap(RequestFields fields) {
        BootstrapRequest request = BootstrapRequest.from(fields);
        if (!secret.opens(request.secret())) {
            throw refused();
        }
        String token = RandomText.urlSafe(random, 32);
        if (!operators.begin(request.username(), passwords.hash(request.password()), Sha256.of(token))) {
            throw refused();
        }
        secret.spent();
        return Response.status(Response.Status.CREATED)
                .entity(new IssuedToken(token))
                .build();
    }

    private static ProblemException refused() {
        return AdminProblem.BOOTSTRAP_REFUSED.because("The secret is not valid, or it was used before.");
    }
}
