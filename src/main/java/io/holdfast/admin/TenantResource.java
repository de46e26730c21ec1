package io.holdfast.admin;

import io.holdfast.kernel.TenantId;
import io.holdfast.tenant.Tenant;
import io.holdfast.tenant.Tenants;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Tenants. */
@Path("/tenants")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Tenants")
public class TenantResource {

    /** What makes a tenant. */
    @Schema(requiredProperties = "name")
    record NewTenant(String name) {
        static NewTenant from(RequestFields fields) {
            var request = new NewTenant(fields.name("name", 100));
            fields.verify();
            return request;
        }
    }

    /** A tenant as REST shows it. */
    record ShownTenant(UUID id, String name, @Nullable Instant createdAt) {
        static ShownTenant of(Tenant tenant) {
            return new ShownTenant(tenant.id().value(), tenant.name(), tenant.createdAt());
        }
    }

    @Inject
    private Tenants tenants;

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Make a tenant", description = "Its name is unique on the platform.")
    @RequestBody(
            required = true,
            content = @Content(schema = @Schema(implementation = NewTenant.class), example = Examples.NEW_TENANT))
    @APIResponse(
            responseCode = "201",
            description = "Made",
            content = @Content(schema = @Schema(implementation = ShownTenant.class), example = Examples.TENANT))
    @APIResponse(responseCode = "default", ref = "problem")
    public Response create(RequestFields fields) {
        NewTenant request = NewTenant.from(fields);
        TenantId id = tenants.create(request.name())
                .orElseThrow(() -> AdminProblem.TENANT_NAME_TAKEN.because("Choose another name."));
        return Response.created(URI.create("tenants/" + id))
                .entity(new ShownTenant(id.value(), request.name(), null))
                .build();
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "Show a tenant")
    @APIResponse(
            responseCode = "200",
            description = "The tenant",
            content = @Content(schema = @Schema(implementation = ShownTenant.class), example = Examples.TENANT))
    @APIResponse(responseCode = "default", ref = "problem")
    public ShownTenant show(@PathParam("id") String id) {
        return tenantId(id)
                .flatMap(tenants::find)
                .map(ShownTenant::of)
                .orElseThrow(() -> AdminProblem.NOT_FOUND.because("There is no such tenant."));
    }

    private static Optional<TenantId> tenantId(String text) {
        try {
            return Optional.of(new TenantId(UUID.fromString(text)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
