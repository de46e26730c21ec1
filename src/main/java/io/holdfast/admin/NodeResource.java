package io.holdfast.admin;

import io.holdfast.node.NodeList;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.media.SchemaProperty;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The servers of this installation. */
@Path("/nodes")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Nodes")
public class NodeResource {

    /** One node; it is alive while its lease holds by the database's clock, and takes bots unless it starts or stops. */
    record ShownNode(
            String id,
            String url,
            boolean alive,
            boolean takesBots,
            long bots,
            Instant startedAt,
            Instant leaseUntil,
            @Nullable Instant stoppedAt) {
        static ShownNode of(NodeList.Listed listed) {
            var node = listed.node();
            return new ShownNode(
                    node.id(),
                    node.url(),
                    listed.alive(),
                    node.takesBots(),
                    listed.bots(),
                    node.startedAt(),
                    node.leaseUntil(),
                    node.stoppedAt());
        }
    }

    @Inject
    private NodeList nodes;

    @GET
    @Operation(summary = "List the nodes", description = "All on one page, in the order of their names.")
    @APIResponse(
            responseCode = "200",
            description = "All nodes",
            content =
                    @Content(
                            example = Examples.NODES,
                            schema =
                                    @Schema(
                                            type = SchemaType.OBJECT,
                                            properties = {
                                                @SchemaProperty(
                                                        name = "items",
                                                        type = SchemaType.ARRAY,
                                                        implementation = ShownNode.class),
                                                @SchemaProperty(
                                                        name = "next",
                                                        type = SchemaType.STRING,
                                                        nullable = true)
                                            })))
    @APIResponse(responseCode = "default", ref = "problem")
    public Page<ShownNode> list() {
        return new Page<>(nodes.all().stream().map(ShownNode::of).toList(), null);
    }
}
