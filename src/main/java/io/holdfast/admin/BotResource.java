package io.holdfast.admin;

import io.holdfast.admin.Problem.FieldError;
import io.holdfast.fleet.Access;
import io.holdfast.fleet.Bot;
import io.holdfast.fleet.Bots;
import io.holdfast.fleet.NewBot;
import io.holdfast.fleet.Registration;
import io.holdfast.fleet.RegistrationOutcome;
import io.holdfast.fleet.ResumeOutcome;
import io.holdfast.fleet.Suspension;
import io.holdfast.kernel.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.media.SchemaProperty;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Bots: registration, list, resumption, deletion. No answer holds a token. */
@Path("/bots")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Bots")
public class BotResource {
    private static final Pattern ACCESS = Pattern.compile("open|paired");

    /** What registers a bot. */
    @Schema(requiredProperties = {"tenantId", "token", "name", "access"})
    record BotRequest(String tenantId, String token, String name, String access, boolean takeover) {}

    /** The registered bot; {@code reason} tells why it is FAILED. */
    record CreatedBot(
            long id,
            String username,
            String state,
            @Nullable String reason) {}

    @Inject
    private Registration registration;

    @Inject
    private Suspension suspension;

    @Inject
    private Bots bots;

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Register a bot",
            description =
                    "Asks Telegram about the token before anything is stored. A bot whose updates go elsewhere is "
                            + "refused unless takeover is true. State FAILED means that the bot is stored and its updates could not be directed here.")
    @RequestBody(
            required = true,
            content = @Content(schema = @Schema(implementation = BotRequest.class), example = Examples.NEW_BOT))
    @APIResponse(
            responseCode = "201",
            description = "Registered",
            content = @Content(schema = @Schema(implementation = CreatedBot.class), example = Examples.CREATED_BOT))
    @APIResponse(responseCode = "default", ref = "problem")
    public Response register(RequestFields fields) {
        var request = new NewBot(
                new TenantId(fields.id("tenantId")),
                fields.text("token", 1, 200),
                fields.name("name", 100),
                access(fields.matching("access", ACCESS, "must be open or paired")),
                fields.flag("takeover", false));
        fields.verify();
        Bot bot = registered(registration.register(request));
        return Response.created(URI.create("bots/" + bot.id()))
                .entity(new CreatedBot(
                        bot.id().value(),
                        bot.username(),
                        bot.state().name(),
                        bot.stateReason().orElse(null)))
                .build();
    }

    private static Access access(String text) {
        return text.isEmpty() ? Access.PAIRED : Access.valueOf(text.toUpperCase(Locale.ROOT));
    }

    private static Bot registered(RegistrationOutcome outcome) {
        return switch (outcome) {
            case RegistrationOutcome.Registered done -> done.bot();
            case RegistrationOutcome.InvalidFormat invalid ->
                throw field(AdminProblem.TOKEN_MALFORMED, "/token", "must be the token as BotFather gave it");
            case RegistrationOutcome.Unauthorized refused ->
                throw field(AdminProblem.TOKEN_UNAUTHORIZED, "/token", "is revoked or was never valid");
            case RegistrationOutcome.UnknownTenant unknown ->
                throw field(AdminProblem.TENANT_UNKNOWN, "/tenantId", "is not the id of a tenant");
            case RegistrationOutcome.AlreadyRegistered known ->
                throw AdminProblem.BOT_ALREADY_REGISTERED.because("A bot can be registered once on this platform.");
            case RegistrationOutcome.ForeignWebhook foreign ->
                throw AdminProblem.FOREIGN_WEBHOOK.because(
                        "Its updates go to %s. Send takeover: true to direct them here.".formatted(foreign.host()));
            case RegistrationOutcome.TelegramUnreachable away ->
                throw AdminProblem.TELEGRAM_UNREACHABLE.because(
                        away.timeout()
                                ? "Telegram did not answer in time; nothing was stored."
                                : "Telegram could not be reached or failed; nothing was stored.");
        };
    }

    private static ProblemException field(AdminProblem problem, String pointer, String detail) {
        return new ProblemException(problem, problem.title() + ".", List.of(FieldError.at(pointer, detail)));
    }

    @GET
    @Operation(summary = "List bots", description = "In the order of their ids.")
    @APIResponse(
            responseCode = "200",
            description = "One page",
            content =
                    @Content(
                            example = Examples.BOTS,
                            schema =
                                    @Schema(
                                            type = SchemaType.OBJECT,
                                            properties = {
                                                @SchemaProperty(
                                                        name = "items",
                                                        type = SchemaType.ARRAY,
                                                        implementation = ShownBot.class),
                                                @SchemaProperty(
                                                        name = "next",
                                                        type = SchemaType.STRING,
                                                        nullable = true)
                                            })))
    @APIResponse(responseCode = "default", ref = "problem")
    public Page<ShownBot> list(
            @QueryParam("cursor") @Nullable String cursor, @QueryParam("limit") @Nullable String limit) {
        Query query = new Query();
        int size = query.limit(limit);
        long after = query.position(cursor, "bots", 0);
        query.verify();
        return Page.of(bots.list(after, size + 1), size, "bots", bot -> bot.id().value(), ShownBot::of);
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "Show a bot")
    @APIResponse(
            responseCode = "200",
            description = "The bot",
            content = @Content(schema = @Schema(implementation = ShownBot.class), example = Examples.BOT))
    @APIResponse(responseCode = "default", ref = "problem")
    public ShownBot show(@PathParam("id") String id) {
        return Query.botId(id).flatMap(bots::find).map(ShownBot::of).orElseThrow(BotResource::unknown);
    }

    @POST
    @Path("/{id}/resume")
    @Operation(
            summary = "Let a suspended bot work again",
            description = "Asks Telegram about its token first. What waits is done and sent then.")
    @APIResponse(
            responseCode = "200",
            description = "The bot, which works again",
            content = @Content(schema = @Schema(implementation = ShownBot.class), example = Examples.BOT))
    @APIResponse(responseCode = "default", ref = "problem")
    public ShownBot resume(@PathParam("id") String id) {
        return ShownBot.of(resumed(suspension.resume(Query.botId(id).orElseThrow(BotResource::unknown))));
    }

    private static Bot resumed(ResumeOutcome outcome) {
        return switch (outcome) {
            case ResumeOutcome.Resumed done -> done.bot();
            case ResumeOutcome.Unknown none -> throw unknown();
            case ResumeOutcome.NotSuspended other ->
                throw AdminProblem.BOT_NOT_SUSPENDED.because("It is %s.".formatted(other.state()));
            case ResumeOutcome.Refused refused ->
                throw AdminProblem.BOT_TOKEN_REFUSED.because(
                        "It stays SUSPENDED. Where the token was revoked, delete the bot and register it with the new one.");
            case ResumeOutcome.Unreachable away ->
                throw AdminProblem.TELEGRAM_UNREACHABLE.because(
                        away.timeout()
                                ? "Telegram did not answer in time; the bot stays SUSPENDED."
                                : "Telegram could not be reached or failed; the bot stays SUSPENDED.");
        };
    }

    @DELETE
    @Path("/{id}")
    @Operation(
            summary = "Delete a bot",
            description =
                    "Its settings go with it and what waits is cancelled; what it received and sent stays for the retention.")
    @APIResponse(responseCode = "204", description = "Deleted")
    @APIResponse(responseCode = "default", ref = "problem")
    public void delete(@PathParam("id") String id) {
        if (Query.botId(id).filter(registration::delete).isEmpty()) {
            throw unknown();
        }
    }

    static ProblemException unknown() {
        return AdminProblem.NOT_FOUND.because("There is no such bot.");
    }
}
