package io.holdfast.admin;

import io.holdfast.fleet.Bots;
import io.holdfast.kernel.BotId;
import io.holdfast.setting.BotSettings;
import io.holdfast.setting.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The settings of one bot. */
@Path("/bots/{id}/settings")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Bots")
public class SettingResource {

    /** All settings in the form in which they are put. */
    record ShownSettings(String throttle, String pacing, String batching) {
        static ShownSettings of(Settings settings) {
            Map<String, String> text = settings.asText();
            return new ShownSettings(
                    text.getOrDefault("throttle", ""),
                    text.getOrDefault("pacing", ""),
                    text.getOrDefault("batching", ""));
        }
    }

    @Inject
    private Bots bots;

    @Inject
    private BotSettings settings;

    @GET
    @Operation(summary = "Show a bot's settings")
    @APIResponse(
            responseCode = "200",
            description = "All settings, with their defaults where nobody has put one",
            content = @Content(schema = @Schema(implementation = ShownSettings.class), example = Examples.SETTINGS))
    @APIResponse(responseCode = "default", ref = "problem")
    public ShownSettings show(@PathParam("id") String id) {
        return ShownSettings.of(settings.of(known(id)));
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Change a bot's settings",
            description = "What is not named stays. throttle: on or off; pacing: default, or platform to obey only "
                    + "Telegram's 429; batching: default, or a duration from 0s to 60s.")
    @RequestBody(
            required = true,
            content =
                    @Content(schema = @Schema(implementation = ShownSettings.class), example = Examples.SOME_SETTINGS))
    @APIResponse(
            responseCode = "200",
            description = "All settings as they are now",
            content =
                    @Content(schema = @Schema(implementation = ShownSettings.class), example = Examples.SOME_SETTINGS))
    @APIResponse(responseCode = "default", ref = "problem")
    public ShownSettings put(@PathParam("id") String id, RequestFields fields) {
        BotId bot = known(id);
        Map<String, String> values = fields.allTexts();
        settings.mistakes(values).forEach(mistake -> fields.reject(mistake.name(), mistake.detail()));
        fields.verify();
        return settings.put(bot, values).map(ShownSettings::of).orElseThrow(BotResource::unknown);
    }

    private BotId known(String id) {
        return Query.botId(id).filter(bot -> bots.find(bot).isPresent()).orElseThrow(BotResource::unknown);
    }
}
