package io.holdfast.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** The methods about the bot itself and about chats. */
final class BotMethods {

    private static final int MOST_COMMANDS = 100;

    private final World world;

    BotMethods(World world) {
        this.world = world;
    }

    void addTo(Map<String, ApiMethod> methods) {
        methods.put("getMe", this::getMe);
        methods.put("getChat", this::getChat);
        methods.put("setMyCommands", this::setMyCommands);
        methods.put("getMyCommands", this::getMyCommands);
        methods.put("deleteMyCommands", this::deleteMyCommands);
        methods.put("logOut", call -> ApiResult.TRUE);
        methods.put("close", call -> ApiResult.TRUE);
    }

    private ApiResult getMe(ApiMethod.Call call) {
        String user = call.bot().user().json();
        return ApiResult.ok(user.substring(0, user.length() - 1)
                + ",\"can_join_groups\":true,\"can_read_all_group_messages\":true,\"supports_inline_queries\":false,"
                + "\"can_connect_to_business\":false,\"has_main_web_app\":false}");
    }

    private ApiResult getChat(ApiMethod.Call call) throws ApiException {
        SimChat chat = world.chatOf(call.bot(), call.params());
        if (!chat.isPrivate()) {
            chat.requireOpenTo(call.bot());
        }
        String json = chat.json();
        return ApiResult.ok(json.substring(0, json.length() - 1)
                + ",\"accent_color_id\":0,\"max_reaction_count\":11,\"accepted_gift_types\":"
                + "{\"unlimited_gifts\":false,\"limited_gifts\":false,\"unique_gifts\":false,"
                + "\"premium_subscription\":false,\"gifts_from_channels\":false}}");
    }

    private ApiResult setMyCommands(ApiMethod.Call call) throws ApiException {
        JsonNode commands = call.params().json("commands", "can't parse commands JSON object");
        if (commands == null || !commands.isArray()) {
            throw ApiException.bad("parameter \"commands\" is required");
        }
        if (commands.size() > MOST_COMMANDS) {
            throw ApiException.bad("BOT_COMMANDS_TOO_MUCH");
        }
        for (JsonNode command : commands) {
            if (!command.path("command").asText().matches("/?[a-z0-9_]{1,32}")) {
                throw ApiException.bad("BOT_COMMAND_INVALID");
            }
            int length = command.path("description").asText().length();
            if (length < 1 || length > 256) {
                throw ApiException.bad("BOT_COMMAND_DESCRIPTION_INVALID");
            }
        }
        call.bot().commands().put(scope(call.params()), commands.toString());
        publish(call.bot());
        return ApiResult.TRUE;
    }

    private ApiResult getMyCommands(ApiMethod.Call call) throws ApiException {
        return ApiResult.ok(call.bot().commands().getOrDefault(scope(call.params()), "[]"));
    }

    private ApiResult deleteMyCommands(ApiMethod.Call call) throws ApiException {
        call.bot().commands().remove(scope(call.params()));
        publish(call.bot());
        return ApiResult.TRUE;
    }

    private void publish(SimBot bot) {
        world.events().publish("bot", () -> StateView.bot(bot));
    }

    private static String scope(Params params) throws ApiException {
        JsonNode scope = params.json("scope", "can't parse BotCommandScope JSON object");
        String type = scope == null ? "default" : scope.path("type").asText();
        String place = scope == null
                ? ""
                : scope.path("chat_id").asText() + scope.path("user_id").asText();
        return type + place + "/" + params.text("language_code");
    }
}
