package io.holdfast.admin;

import io.holdfast.inbox.InboxUpdate;
import io.holdfast.inbox.ReceivedUpdates;
import io.holdfast.kernel.BotId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
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

/** What a bot received and what became of it; never what somebody wrote. */
@Path("/messages")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Messages")
public class MessageResource {

    /** One update as REST shows it. */
    record ShownMessage(
            long id,
            long botId,
            String kind,
            @Nullable Long chatId,
            String state,
            Instant acceptedAt,
            @Nullable Instant finishedAt,
            int attempts,
            @Nullable String reason) {
        static ShownMessage of(InboxUpdate update) {
            return new ShownMessage(
                    update.id(),
                    update.bot(),
                    update.kind(),
                    update.chat(),
                    update.state(),
                    update.acceptedAt(),
                    update.finishedAt(),
                    update.attempts(),
                    update.reason());
        }
    }

    @Inject
    private ReceivedUpdates updates;

    @GET
    @Operation(summary = "List what a bot received", description = "The newest first.")
    @APIResponse(
            responseCode = "200",
            description = "One page",
            content =
                    @Content(
                            example = Examples.MESSAGES,
                            schema =
                                    @Schema(
                                            type = SchemaType.OBJECT,
                                            properties = {
                                                @SchemaProperty(
                                                        name = "items",
                                                        type = SchemaType.ARRAY,
                                                        implementation = ShownMessage.class),
                                                @SchemaProperty(
                                                        name = "next",
                                                        type = SchemaType.STRING,
                                                        nullable = true)
                                            })))
    @APIResponse(responseCode = "default", ref = "problem")
    public Page<ShownMessage> list(
            @QueryParam("botId") @Nullable String botId,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @Nullable String limit) {
        Query query = new Query();
        BotId bot = query.bot(botId);
        int size = query.limit(limit);
        String list = "messages:" + bot;
        long before = query.position(cursor, list, Long.MAX_VALUE);
        query.verify();
        return Page.of(updates.list(bot, before, size + 1), size, list, InboxUpdate::id, ShownMessage::of);
    }
}
