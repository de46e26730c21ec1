package io.holdfast.simulator;

import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The Bot API at /bot&lt;token&gt;/&lt;method&gt;: finds the bot, meets the fault rules, applies, writes the journal.
 *
 * <p>At /as/NAME it is there once more: the journal then says that NAME called.
 */
final class BotApi {

    private static final String HTML_502 = """
            <html>
            <head><title>502 Bad Gateway</title></head>
            <body>
            <center><h1>502 Bad Gateway</h1></center>
            <hr><center>nginx/1.18.0</center>
            </body>
            </html>
            """;

    static final String CALLER = "/as/";

    /** A call that is addressed rightly: the bot exists, so does the method. */
    private record Addressed(SimBot bot, String caller, String method, RawParameters raw, Params params) {}

    private final World world;
    private final Map<String, ApiMethod> methods = new HashMap<>();
    private final MethodSpecs specs = MethodSpecs.instance();

    BotApi(World world) {
        this.world = world;
        new SendMethods(world).addTo(methods);
        new MessageMethods(world).addTo(methods);
        new UpdateMethods(world).addTo(methods);
        new BotMethods(world).addTo(methods);
    }

    void handle(HttpRequest request, HttpConnection connection) throws IOException, InterruptedException {
        String caller = callerIn(request.path());
        String path = caller.isEmpty() ? request.path() : request.path().substring(CALLER.length() + caller.length());
        int slash = path.indexOf('/', 1);
        String token = slash < 0 || !path.startsWith("/bot")
                ? ""
                : path.substring("/bot".length(), slash).replace("%3A", ":");
        if (token.length() > 80 || token.indexOf(':') <= 0) {
            connection.send(ApiResult.error(404, "Not Found").toResponse());
            return;
        }
        String name = path.substring(slash + 1);
        RawParameters raw = RawParameters.of(request);
        SimBot bot = world.botOfToken(token);
        String method = specs.find(name);
        if (bot == null) {
            refuse(connection, idOf(token), caller, name, raw, ApiResult.error(401, "Unauthorized"));
        } else if (method == null) {
            refuse(connection, bot.id(), caller, name, raw, ApiResult.error(404, "Not Found: method not found"));
        } else {
            answer(bot, caller, method, raw, connection);
        }
    }

    private static String callerIn(String path) {
        int end = path.indexOf('/', CALLER.length());
        return path.startsWith(CALLER) && end > 0 ? path.substring(CALLER.length(), end) : "";
    }

    private void refuse(
            HttpConnection connection, long botId, String caller, String method, RawParameters raw, ApiResult result)
            throws IOException {
        world.journal().record(botId, caller, method, raw.withoutFiles(), 0, result.withoutBody(), null, false);
        connection.send(result.toResponse());
    }

    private static long idOf(String token) {
        String id = token.substring(0, token.indexOf(':'));
        return id.matches("[0-9]{1,18}") ? Long.parseLong(id) : 0;
    }

    private void answer(SimBot bot, String caller, String method, RawParameters raw, HttpConnection connection)
            throws IOException, InterruptedException {
        Params params;
        try {
            params = new Params(raw.decodeStrictly());
        } catch (ApiException e) {
            refuse(connection, bot.id(), caller, method, raw, ApiResult.error(e));
            return;
        }
        Fault fault = world.faults().forCall(bot, method, params.integer("chat_id", 0));
        if (fault != null && fault.kind() == FaultKind.RESET_BEFORE) {
            connection.reset();
            return;
        }
        ApiResult result = run(new Addressed(bot, caller, method, raw, params), fault);
        if (fault == null) {
            connection.send(result.toResponse());
        } else {
            play(fault, result, connection);
        }
    }

    private ApiResult run(Addressed call, @Nullable Fault fault) throws InterruptedException {
        boolean apply = fault == null || fault.applied();
        ApiResult real = apply ? apply(call) : ApiResult.TRUE;
        ApiResult told = fault == null ? real : tell(fault, real);
        world.journal()
                .record(
                        call.bot().id(),
                        call.caller(),
                        call.method(),
                        call.raw().withoutFiles(),
                        call.params().integer("chat_id", 0),
                        told.withoutBody(),
                        fault == null ? null : fault.kind(),
                        apply && real.errorCode() == 0);
        return told;
    }

    private ApiResult apply(Addressed call) throws InterruptedException {
        ApiMethod method = methods.get(call.method());
        try {
            if (method != null) {
                return method.answer(new ApiMethod.Call(call.bot(), call.params()));
            }
            specs.check(call.method(), call.params().values());
            return ApiResult.TRUE;
        } catch (ApiException e) {
            return ApiResult.error(e);
        }
    }

    private static ApiResult tell(Fault fault, ApiResult real) {
        return switch (fault.kind()) {
            case RATE_LIMIT -> ApiResult.error(ApiException.tooMany(fault.retryAfter()));
            case SERVER_ERROR ->
                real.told(fault.status(), Json.error(fault.status(), "Internal Server Error: simulated"));
            case HTML -> real.told(fault.status(), HTML_502);
            case EMPTY -> real.told(200, "");
            case NOT_OK -> real.told(200, Json.error(fault.status(), "Bad Request: simulated"));
            default -> real;
        };
    }

    private static void play(Fault fault, ApiResult result, HttpConnection connection)
            throws IOException, InterruptedException {
        switch (fault.kind()) {
            case RESET_AFTER -> connection.reset();
            case HALF_JSON -> connection.sendHalf(result.toResponse());
            case DRIP -> connection.drip(result.toResponse(), fault.pause());
            case DELAY -> {
                Thread.sleep(fault.pause());
                connection.send(result.toResponse());
            }
            case HTML -> connection.send(result.toHtml());
            default -> connection.send(result.toResponse());
        }
    }

    /** A webhook may answer an update with a call; nobody hears what comes of it. */
    void callInAnswer(SimBot bot, byte[] body) {
        Map<String, String> values = new RawParameters("", "application/json", body).decode();
        String name = values.get("method");
        String method = name == null ? null : specs.find(name.toLowerCase(Locale.ROOT));
        if (method == null) {
            return;
        }
        values.remove("method");
        StringBuilder json = new StringBuilder("{");
        values.forEach((key, value) -> Json.text(json, Json.escaped(key), value));
        RawParameters raw = new RawParameters("", "application/json", Json.bytes(json.append('}')));
        try {
            run(new Addressed(bot, "", method, raw, new Params(values)), null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
