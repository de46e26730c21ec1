package io.holdfast.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The methods that say how a bot gets its updates. */
final class UpdateMethods {

    private static final Set<Integer> PORTS = Set.of(443, 80, 88, 8443);
    private static final int DEFAULT_CONNECTIONS = 40;
    private static final int MOST_UPDATES = 100;
    private static final long LONGEST_POLL_SECONDS = 50;

    private final World world;
    private final Map<Long, Long> lastSetWebhook = new ConcurrentHashMap<>();

    UpdateMethods(World world) {
        this.world = world;
    }

    void addTo(Map<String, ApiMethod> methods) {
        methods.put("getUpdates", this::getUpdates);
        methods.put("setWebhook", this::setWebhook);
        methods.put("deleteWebhook", this::deleteWebhook);
        methods.put("getWebhookInfo", this::getWebhookInfo);
    }

    private ApiResult getUpdates(ApiMethod.Call call) throws ApiException, InterruptedException {
        Params params = call.params();
        allow(call);
        long timeout = Math.clamp(params.integer("timeout", 0), 0, LONGEST_POLL_SECONDS);
        int limit = Math.clamp(params.integer("limit", MOST_UPDATES), 1, MOST_UPDATES);
        List<PendingUpdate> updates =
                call.bot().updates().poll(params.integer("offset", 0), limit, TimeUnit.SECONDS.toNanos(timeout));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write('[');
        for (PendingUpdate update : updates) {
            if (out.size() > 1) {
                out.write(',');
            }
            out.writeBytes(update.body());
        }
        out.write(']');
        return ApiResult.ok(out.toString(UTF_8));
    }

    private void allow(ApiMethod.Call call) throws ApiException {
        JsonNode types = call.params().json("allowed_updates", "can't parse allowed_updates JSON object");
        if (types == null) {
            return;
        }
        Set<String> allowed = new LinkedHashSet<>();
        types.forEach(type -> allowed.add(type.asText()));
        call.bot().updates().allowed().set(allowed);
    }

    private ApiResult setWebhook(ApiMethod.Call call) throws ApiException {
        Params params = call.params();
        if (!params.has("url")) {
            return deleteWebhook(call);
        }
        String secret = params.text("secret_token");
        if (!secret.matches("[A-Za-z0-9_-]{0,256}")) {
            throw ApiException.bad(
                    secret.length() > 256 ? "secret token is too long" : "secret token contains unallowed characters");
        }
        URI url = url(params.text("url"));
        long connections = params.integer("max_connections", DEFAULT_CONNECTIONS);
        requireRest(call.bot());
        allow(call);
        WebhookSettings settings = new WebhookSettings(url, secret, Math.clamp(connections, 1, 100));
        boolean drop = params.flag("drop_pending_updates");
        if (settings.saysTheSameAs(call.bot().updates().webhook()) && !drop) {
            return ApiResult.ok("true", "Webhook is already set");
        }
        call.bot().updates().setWebhook(settings, drop);
        return ApiResult.ok("true", "Webhook was set");
    }

    private void requireRest(SimBot bot) throws ApiException {
        long now = world.clock().nanos();
        Long last = lastSetWebhook.get(bot.id());
        if (last != null && now - last < world.clock().nanosFor(1)) {
            throw ApiException.tooMany(1);
        }
        lastSetWebhook.put(bot.id(), now);
    }

    private URI url(String text) throws ApiException {
        URI url;
        try {
            url = URI.create(text);
        } catch (IllegalArgumentException e) {
            throw badWebhook("invalid webhook URL specified");
        }
        String scheme = url.getScheme() == null ? "" : url.getScheme();
        if (url.getHost() == null || !Set.of("http", "https").contains(scheme)) {
            throw badWebhook("invalid webhook URL specified");
        }
        if (world.config().strictWebhookUrls()) {
            if (!scheme.equals("https")) {
                throw badWebhook("An HTTPS URL must be provided for webhook");
            }
            if (url.getPort() >= 0 && !PORTS.contains(url.getPort())) {
                throw badWebhook("Webhook can be set up only on ports 80, 88, 443 or 8443");
            }
        }
        return url;
    }

    private static ApiException badWebhook(String reason) {
        return ApiException.bad("bad webhook: " + reason);
    }

    private ApiResult deleteWebhook(ApiMethod.Call call) {
        boolean drop = call.params().flag("drop_pending_updates");
        boolean was = call.bot().hasWebhook();
        if (was || drop) {
            call.bot().updates().setWebhook(null, drop);
        }
        return ApiResult.ok("true", was ? "Webhook was deleted" : "Webhook is already deleted");
    }

    private ApiResult getWebhookInfo(ApiMethod.Call call) {
        return ApiResult.ok(StateView.webhookInfo(call.bot()));
    }
}
