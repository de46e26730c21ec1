package io.holdfast.admin;

import io.holdfast.deadletter.DeadLetter;
import io.holdfast.deadletter.DeadLetterFilter;
import io.holdfast.deadletter.DeadLetterJob;
import io.holdfast.deadletter.DeadLetterJob.Action;
import io.holdfast.deadletter.DeadLetterJobs;
import io.holdfast.deadletter.DeadLetterList;
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
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Many dead letters at once: asked for here, done afterwards by jobs. */
@Path("/dead-letters")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Dead letters")
public class DeadLetterJobResource {
    private static final Pattern ACTION = Pattern.compile("replay|discard");
    private static final int SAMPLE = 20;

    /** Which dead letters are meant; fields that are absent do not matter. */
    record Filter(
            @Nullable Long botId,
            @Nullable String tenantId,
            @Nullable String queue,
            @Nullable String priority,
            @Nullable String owner,
            @Nullable String reason,
            @Nullable Instant since,
            @Nullable Instant until) {}

    /** What is to be done with them. */
    @Schema(requiredProperties = {"action", "filter"})
    record Bulk(String action, Filter filter, @Nullable String reason, boolean evenIfExpired, boolean dryRun) {}

    /** Since when everything is replayed. */
    @Schema(requiredProperties = {"since"})
    record Recovery(Instant since, @Nullable Filter filter, boolean evenIfExpired, boolean dryRun) {}

    /** How many would be worked on, and the newest of them. */
    record DryRun(long count, List<Long> sample) {}

    /** A job as REST shows it, with the first of its failures. */
    record ShownJob(
            long id,
            String action,
            String operator,
            @Nullable String reason,
            String state,
            long total,
            long done,
            long failed,
            Instant createdAt,
            @Nullable Instant finishedAt,
            List<ShownFailure> failures) {}

    /** A letter that the job could not do. */
    record ShownFailure(long letter, String reason) {}

    @Inject
    private DeadLetterList letters;

    @Inject
    private DeadLetterJobs jobs;

    @Inject
    private CurrentRequest request;

    @POST
    @Path("/bulk")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Replay or discard many dead letters",
            description =
                    "All open ones that the filter finds. A replay takes five a second. With dryRun nothing is done: 200 and their number.")
    @RequestBody(
            required = true,
            content = @Content(schema = @Schema(implementation = Bulk.class), example = Examples.BULK))
    @APIResponse(
            responseCode = "200",
            description = "What would be done",
            content = @Content(schema = @Schema(implementation = DryRun.class), example = Examples.DRY_RUN))
    @APIResponse(
            responseCode = "202",
            description = "Will be done by the job at Location",
            content = @Content(schema = @Schema(implementation = ShownJob.class), example = Examples.DEAD_LETTER_JOB))
    @APIResponse(responseCode = "default", ref = "problem")
    public Response bulk(RequestFields fields) {
        String action = fields.matching("action", ACTION, "must be replay or discard");
        boolean discard = action.equals("discard");
        DeadLetterFilter filter = DeadLetterFilters.ofBody(fields.object("filter"));
        boolean dryRun = fields.flag("dryRun", false);
        String reason = discard ? fields.name("reason", DeadLetterResource.LONGEST_REASON) : null;
        boolean force = !discard && fields.flag("evenIfExpired", false);
        fields.verify();
        Action what = Action.valueOf(action.toUpperCase(Locale.ROOT));
        return answer(new DeadLetterJobs.Order(what, filter, request.operator(), reason, force), dryRun);
    }

    @POST
    @Path("/recover-since")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Replay everything parked since a moment",
            description = "For instance since a bad deployment; the filter may narrow it.")
    @RequestBody(
            required = true,
            content = @Content(schema = @Schema(implementation = Recovery.class), example = Examples.RECOVER))
    @APIResponse(
            responseCode = "200",
            description = "What would be done",
            content = @Content(schema = @Schema(implementation = DryRun.class), example = Examples.DRY_RUN))
    @APIResponse(
            responseCode = "202",
            description = "Will be done by the job at Location",
            content = @Content(schema = @Schema(implementation = ShownJob.class), example = Examples.DEAD_LETTER_JOB))
    @APIResponse(responseCode = "default", ref = "problem")
    public Response recoverSince(RequestFields fields) {
        DeadLetterFilter filter = DeadLetterFilters.ofRecovery(fields);
        boolean dryRun = fields.flag("dryRun", false);
        boolean force = fields.flag("evenIfExpired", false);
        fields.verify();
        return answer(new DeadLetterJobs.Order(Action.REPLAY, filter, request.operator(), null, force), dryRun);
    }

    @GET
    @Path("/jobs/{id}")
    @Operation(summary = "Show a job", description = "How far it is, and the first 20 letters that it could not do.")
    @APIResponse(
            responseCode = "200",
            description = "The job",
            content = @Content(schema = @Schema(implementation = ShownJob.class), example = Examples.DEAD_LETTER_JOB))
    @APIResponse(responseCode = "default", ref = "problem")
    public ShownJob show(@PathParam("id") String id) {
        return shown(DeadLetterResource.number(id));
    }

    private Response answer(DeadLetterJobs.Order order, boolean dryRun) {
        if (dryRun) {
            List<Long> sample = letters.list(order.filter(), Long.MAX_VALUE, SAMPLE).stream()
                    .map(DeadLetter::id)
                    .toList();
            return Response.ok(new DryRun(letters.count(order.filter()), sample))
                    .build();
        }
        long id = jobs.create(order);
        return Response.accepted(shown(id))
                .location(URI.create("dead-letters/jobs/" + id))
                .build();
    }

    private ShownJob shown(long id) {
        DeadLetterJob job = jobs.find(id).orElseThrow(() -> AdminProblem.NOT_FOUND.because("There is no such job."));
        return new ShownJob(
                job.id(),
                job.action().name(),
                job.operator(),
                job.reason(),
                job.state().name(),
                job.total(),
                job.done(),
                job.failed(),
                job.createdAt(),
                job.finishedAt(),
                jobs.failures(id, SAMPLE).stream()
                        .map(failure -> new ShownFailure(failure.letter(), failure.reason()))
                        .toList());
    }
}
