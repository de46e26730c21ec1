package io.holdfast.admin;

import io.holdfast.event.EventEntry;
import io.holdfast.event.EventLog;
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

/** Steps that mattered; never what somebody wrote. */
@Path("/event-log")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Events")
public class EventResource {

    /** One event as REST shows it. */
    record ShownEvent(
            long id,
            Instant at,
            String kind,
            @Nullable Long botId,
            @Nullable Long updateId,
            @Nullable Long messageId,
            String outcome,
            @Nullable String reason,
            @Nullable String incident,
            @Nullable Long durationMs) {
        static ShownEvent of(EventEntry event) {
            return new ShownEvent(
                    event.id(),
                    event.occurredAt(),
                    event.kind(),
                    event.bot(),
                    event.inbox(),
                    event.outbox(),
                    event.outcome(),
                    event.reason(),
                    event.incident(),
                    event.durationMs());
        }
    }

    @Inject
    private EventLog log;

    @GET
    @Operation(
            summary = "List the events",
            description = "The newest first; of one bot, of one kind, since a time, or all.")
    @APIResponse(
            responseCode = "200",
            description = "One page",
            content =
                    @Content(
                            example = Examples.EVENTS,
                            schema =
                                    @Schema(
                                            type = SchemaType.OBJECT,
                                            properties = {
                                                @SchemaProperty(
                                                        name = "items",
                                                        type = SchemaType.ARRAY,
                                                        implementation = ShownEvent.class),
                                                @SchemaProperty(
                                                        name = "next",
                                                        type = SchemaType.STRING,
                                                        nullable = true)
                                            })))
    @APIResponse(responseCode = "default", ref = "problem")
    public Page<ShownEvent> list(
            @QueryParam("botId") @Nullable String botId,
            @QueryParam("kind") @Nullable String kind,
            @QueryParam("since") @Nullable String since,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @Nullable String limit) {
        Query query = new Query();
        EventLog.Filter filter = new EventLog.Filter(
                botId == null ? null : query.bot(botId), query.eventKind(kind), query.time("since", since));
        int size = query.limit(limit);
        String list = "events:" + filter;
        long before = query.position(cursor, list, Long.MAX_VALUE);
        query.verify();
        return Page.of(log.list(filter, before, size + 1), size, list, EventEntry::id, ShownEvent::of);
    }
}
