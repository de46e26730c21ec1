package io.holdfast.admin;

import io.holdfast.event.EventLog;
import io.holdfast.inbox.InboxUpdate;
import io.holdfast.inbox.ReceivedUpdates;
import io.holdfast.kernel.BotId;
import io.holdfast.outbox.OutboxMessage;
import io.holdfast.outbox.SentMessages;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Everything that became of one update; never what somebody wrote. */
@Path("/messages/{id}/timeline")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Messages")
public class TimelineResource {
    /** Of an update's messages, and of their events, at most so many are shown. */
    private static final int MOST = 1000;

    /** The steps of one update, the oldest first. */
    record ShownTimeline(long id, long botId, List<Timeline.Step> steps) {}

    @Inject
    private ReceivedUpdates updates;

    @Inject
    private SentMessages messages;

    @Inject
    private EventLog log;

    @GET
    @Operation(
            summary = "Show what became of one update",
            description =
                    "Its turn, its messages and the events of all of them, the oldest first, at most 1,000 messages and events.")
    @APIResponse(
            responseCode = "200",
            description = "The steps",
            content = @Content(example = Examples.TIMELINE, schema = @Schema(implementation = ShownTimeline.class)))
    @APIResponse(responseCode = "default", ref = "problem")
    public ShownTimeline show(@PathParam("id") String id, @QueryParam("botId") @Nullable String botId) {
        Query query = new Query();
        BotId bot = query.bot(botId);
        query.verify();
        InboxUpdate update = find(bot, id);
        List<OutboxMessage> sent = messages.ofTurn(bot, update.id(), MOST);
        List<Long> sentIds = sent.stream().map(OutboxMessage::id).toList();
        return new ShownTimeline(
                update.id(), update.bot(), Timeline.of(update, sent, log.of(bot, update.id(), sentIds, MOST)));
    }

    private InboxUpdate find(BotId bot, String id) {
        Optional<InboxUpdate> found =
                id.matches("[0-9]{1,18}") ? updates.find(bot, Long.parseLong(id)) : Optional.empty();
        return found.orElseThrow(() -> AdminProblem.NOT_FOUND.because("The bot has no update of this id."));
    }
}
