package io.holdfast.admin;

import io.holdfast.deadletter.DeadLetter;
import io.holdfast.deadletter.DeadLetterActions;
import io.holdfast.deadletter.DeadLetterFilter;
import io.holdfast.deadletter.DeadLetterList;
import io.holdfast.deadletter.DeadLetterStep;
import io.holdfast.deadletter.LetterOutcome;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.media.SchemaProperty;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Dead letters: look at them, replay or discard one. */
@Path("/dead-letters")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Dead letters")
public class DeadLetterResource {
    static final int LONGEST_REASON = 500;

    /** One step of its history; the server itself where there is no operator. */
    record ShownStep(
            String state,
            @Nullable String operator,
            @Nullable String reason,
            Instant at) {
        static ShownStep of(DeadLetterStep step) {
            return new ShownStep(step.state().name(), step.operator(), step.reason(), step.happenedAt());
        }
    }

    /** One dead letter with its bytes and its history. */
    record WholeDeadLetter(ShownDeadLetter letter, @Nullable ShownPayload payload, List<ShownStep> history) {}

    /** Why it is given up. */
    @Schema(requiredProperties = "reason")
    record Discard(String reason) {}

    @Inject
    private DeadLetterList letters;

    @Inject
    private DeadLetterActions actions;

    @Inject
    private CurrentRequest request;

    @GET
    @Operation(summary = "List dead letters", description = "The newest first; all parameters narrow the list.")
    @Parameter(name = "botId", in = ParameterIn.QUERY, schema = @Schema(type = SchemaType.INTEGER))
    @Parameter(
            name = "tenantId",
            in = ParameterIn.QUERY,
            description = "Whose the bot was when its work was parked",
            schema = @Schema(type = SchemaType.STRING))
    @Parameter(name = "queue", in = ParameterIn.QUERY, schema = @Schema(enumeration = {"INGRESS", "INBOX", "OUTBOX"}))
    @Parameter(name = "priority", in = ParameterIn.QUERY, schema = @Schema(enumeration = {"P1", "P2", "P3"}))
    @Parameter(name = "owner", in = ParameterIn.QUERY, schema = @Schema(enumeration = {"PLATFORM", "TENANT"}))
    @Parameter(
            name = "state",
            in = ParameterIn.QUERY,
            schema = @Schema(enumeration = {"OPEN", "REPLAYED", "DISCARDED"}))
    @Parameter(
            name = "reason",
            in = ParameterIn.QUERY,
            description = "A part of the reason",
            schema = @Schema(type = SchemaType.STRING))
    @Parameter(
            name = "since",
            in = ParameterIn.QUERY,
            description = "Parked then or later",
            example = "2026-01-05T10:00:00Z",
            schema = @Schema(type = SchemaType.STRING, format = "date-time"))
    @Parameter(
            name = "until",
            in = ParameterIn.QUERY,
            description = "Parked before",
            example = "2026-01-06T10:00:00Z",
            schema = @Schema(type = SchemaType.STRING, format = "date-time"))
    @APIResponse(
            responseCode = "200",
            description = "One page",
            content =
                    @Content(
                            example = Examples.DEAD_LETTERS,
                            schema =
                                    @Schema(
                                            type = SchemaType.OBJECT,
                                            properties = {
                                                @SchemaProperty(
                                                        name = "items",
                                                        type = SchemaType.ARRAY,
                                                        implementation = ShownDeadLetter.class),
                                                @SchemaProperty(
                                                        name = "next",
                                                        type = SchemaType.STRING,
                                                        nullable = true)
                                            })))
    @APIResponse(responseCode = "default", ref = "problem")
    public Page<ShownDeadLetter> list(
            @Context UriInfo address,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @Nullable String limit) {
        Query query = new Query();
        DeadLetterFilter filter = DeadLetterFilters.ofAddress(address.getQueryParameters()::getFirst, query);
        int size = query.limit(limit);
        String list = "dead-letters:" + filter;
        long before = query.position(cursor, list, Long.MAX_VALUE);
        query.verify();
        return Page.of(letters.list(filter, before, size + 1), size, list, DeadLetter::id, ShownDeadLetter::of);
    }

    @GET
    @Path("/{id}")
    @Operation(
            summary = "Show a dead letter",
            description = "With the first 16 KiB of its bytes, where they are JSON, and its history.")
    @APIResponse(
            responseCode = "200",
            description = "The dead letter",
            content =
                    @Content(schema = @Schema(implementation = WholeDeadLetter.class), example = Examples.DEAD_LETTER))
    @APIResponse(responseCode = "default", ref = "problem")
    public WholeDeadLetter show(@PathParam("id") String id) {
        DeadLetter letter = letters.find(number(id)).orElseThrow(DeadLetterResource::unknown);
        return new WholeDeadLetter(
                ShownDeadLetter.of(letter),
                actions.payload(letter.id()).map(ShownPayload::of).orElse(null),
                letters.history(letter).stream().map(ShownStep::of).toList());
    }

    @POST
    @Path("/{id}/replay")
    @Operation(
            summary = "Replay a dead letter",
            description =
                    "Puts its work back into its queue under the same key, with a new chain of attempts; out of order by nature.")
    @Parameter(
            name = "evenIfExpired",
            in = ParameterIn.QUERY,
            description = "Replay also what nobody may be able to be answered on any more",
            schema = @Schema(type = SchemaType.BOOLEAN))
    @APIResponse(
            responseCode = "200",
            description = "Replayed",
            content =
                    @Content(schema = @Schema(implementation = WholeDeadLetter.class), example = Examples.DEAD_LETTER))
    @APIResponse(responseCode = "default", ref = "problem")
    public WholeDeadLetter replay(
            @PathParam("id") String id, @QueryParam("evenIfExpired") @Nullable String evenIfExpired) {
        Query query = new Query();
        boolean force = query.flag("evenIfExpired", evenIfExpired);
        query.verify();
        demand(actions.replay(number(id), request.operator(), force));
        return show(id);
    }

    @POST
    @Path("/{id}/discard")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Discard a dead letter", description = "Gives its work up, with a reason.")
    @RequestBody(
            required = true,
            content = @Content(schema = @Schema(implementation = Discard.class), example = Examples.DISCARD))
    @APIResponse(
            responseCode = "200",
            description = "Discarded",
            content =
                    @Content(schema = @Schema(implementation = WholeDeadLetter.class), example = Examples.DEAD_LETTER))
    @APIResponse(responseCode = "default", ref = "problem")
    public WholeDeadLetter discard(@PathParam("id") String id, RequestFields fields) {
        String reason = fields.name("reason", LONGEST_REASON);
        fields.verify();
        demand(actions.discard(number(id), request.operator(), reason));
        return show(id);
    }

    static long number(String id) {
        OptionalLong number = Query.number(id);
        return number.orElseThrow(DeadLetterResource::unknown);
    }

    private static ProblemException unknown() {
        return AdminProblem.NOT_FOUND.because("There is no such dead letter.");
    }

    private static void demand(LetterOutcome outcome) {
        switch (outcome) {
            case LetterOutcome.Done done -> {}
            case LetterOutcome.Unknown unknown -> throw unknown();
            case LetterOutcome.Closed closed ->
                throw AdminProblem.DEAD_LETTER_CLOSED.because("It was %s already.".formatted(closed.state()));
            case LetterOutcome.Expired expired ->
                throw AdminProblem.DEAD_LETTER_EXPIRED.because(
                        "It expired at %s. Send evenIfExpired=true to replay it all the same.".formatted(expired.at()));
            case LetterOutcome.Impossible impossible ->
                throw AdminProblem.DEAD_LETTER_IMPOSSIBLE.because("It " + impossible.reason() + ".");
        }
    }
}
