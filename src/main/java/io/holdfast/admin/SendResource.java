package io.holdfast.admin;

import io.holdfast.kernel.BotId;
import io.holdfast.outbox.OutboxMessage;
import io.holdfast.outbox.UncertainMessages;
import io.holdfast.outbox.UncertainMessages.Resolution;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
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

/** Messages of a bot of which nobody knows whether they arrived, and an operator's word on them; never their content. */
@Path("/sends")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Sends")
public class SendResource {

    /** One message as REST shows it; {@code messageId} is the update that it answers. */
    record ShownSend(
            long id,
            long botId,
            @Nullable Long messageId,
            @Nullable Long chatId,
            String messageClass,
            String method,
            String state,
            int attempts,
            Instant createdAt,
            @Nullable Instant finishedAt,
            @Nullable String reason) {
        static ShownSend of(OutboxMessage message) {
            return new ShownSend(
                    message.id(),
                    message.bot(),
                    message.inbox(),
                    message.chat(),
                    message.messageClass(),
                    message.method(),
                    message.state(),
                    message.attempts(),
                    message.createdAt(),
                    message.finishedAt(),
                    message.reason());
        }
    }

    /** What became of the message. */
    record Resolved(long id, String state) {}

    @Inject
    private UncertainMessages messages;

    @GET
    @Operation(
            summary = "List a bot's uncertain sends",
            description = "Those that are not called again by themselves. The newest first.")
    @APIResponse(
            responseCode = "200",
            description = "One page",
            content =
                    @Content(
                            example = Examples.SENDS,
                            schema =
                                    @Schema(
                                            type = SchemaType.OBJECT,
                                            properties = {
                                                @SchemaProperty(
                                                        name = "items",
                                                        type = SchemaType.ARRAY,
                                                        implementation = ShownSend.class),
                                                @SchemaProperty(
                                                        name = "next",
                                                        type = SchemaType.STRING,
                                                        nullable = true)
                                            })))
    @APIResponse(responseCode = "default", ref = "problem")
    public Page<ShownSend> list(
            @QueryParam("botId") @Nullable String botId,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @Nullable String limit) {
        Query query = new Query();
        BotId bot = query.bot(botId);
        int size = query.limit(limit);
        String list = "sends:" + bot;
        long before = query.position(cursor, list, Long.MAX_VALUE);
        query.verify();
        return Page.of(messages.list(bot, before, size + 1), size, list, OutboxMessage::id, ShownSend::of);
    }

    @POST
    @Path("/{botId}/{id}/mark-delivered")
    @Operation(summary = "Say that an uncertain send arrived", description = "It is not sent again.")
    @APIResponse(
            responseCode = "200",
            description = "It counts as sent",
            content = @Content(schema = @Schema(implementation = Resolved.class), example = Examples.SEND_DELIVERED))
    @APIResponse(responseCode = "default", ref = "problem")
    public Resolved markDelivered(@PathParam("botId") String botId, @PathParam("id") String id) {
        BotId bot = Query.botId(botId).orElseThrow(SendResource::unknown);
        long send = Query.number(id).orElseThrow(SendResource::unknown);
        return resolved(messages.markDelivered(bot, send), send, "SENT");
    }

    @POST
    @Path("/{botId}/{id}/send-again")
    @Operation(
            summary = "Send an uncertain send again",
            description = "With attempts and a deadline of its own; the chat may see it twice.")
    @APIResponse(
            responseCode = "200",
            description = "It waits to be sent",
            content = @Content(schema = @Schema(implementation = Resolved.class), example = Examples.SEND_AGAIN))
    @APIResponse(responseCode = "default", ref = "problem")
    public Resolved sendAgain(@PathParam("botId") String botId, @PathParam("id") String id) {
        BotId bot = Query.botId(botId).orElseThrow(SendResource::unknown);
        long send = Query.number(id).orElseThrow(SendResource::unknown);
        return resolved(messages.sendAgain(bot, send), send, "PENDING");
    }

    private static Resolved resolved(Resolution resolution, long id, String state) {
        return switch (resolution) {
            case RESOLVED -> new Resolved(id, state);
            case UNKNOWN -> throw unknown();
            case NOT_UNCERTAIN ->
                throw AdminProblem.SEND_NOT_UNCERTAIN.because(
                        "The message is in another state, or will be sent again by itself.");
        };
    }

    private static ProblemException unknown() {
        return AdminProblem.NOT_FOUND.because("The bot has no such message.");
    }
}
