package io.holdfast.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The control API at /sim/: whatever the Java API can do, for curl and for the chat page. */
final class ControlApi {

    /** A route's work; what it throws as IllegalArgumentException becomes a 400 with that sentence. */
    private interface Route {
        HttpResponse answer(Fields fields) throws ApiException;
    }

    private final World world;
    private final Simulator simulator;
    private final FaultControl faults;
    private final Map<String, Route> routes = new HashMap<>();

    ControlApi(World world, Simulator simulator) {
        this.world = world;
        this.simulator = simulator;
        this.faults = new FaultControl(world);
        routes.put("GET /sim/state", fields -> ok(StateView.all(world)));
        routes.put("GET /sim/bots", fields -> ok(StateView.list(world.bots(), StateView::bot)));
        routes.put("POST /sim/bots", this::createBot);
        routes.put(
                "POST /sim/bots/revoke",
                fields -> ok("{\"token\":" + Json.quoted(bot(fields).revokeToken()) + "}"));
        routes.put("POST /sim/bots/restart-update-ids", fields -> updateId(simulator.restartUpdateIds(bot(fields))));
        routes.put("POST /sim/users", fields -> created(StateView.user(simulator.createUser(fields.text("name")))));
        routes.put("POST /sim/chats", this::createChat);
        routes.put("POST /sim/chats/block", fields -> updateId(simulator.block(bot(fields), chat(fields))));
        routes.put("POST /sim/chats/kick", fields -> updateId(simulator.kick(bot(fields), chat(fields))));
        routes.put("POST /sim/chats/let-in", fields -> updateId(simulator.letIn(bot(fields), chat(fields))));
        routes.put("POST /sim/chats/migrate", fields -> created(StateView.chat(simulator.migrate(chat(fields)))));
        routes.put("POST /sim/chats/topics", this::openTopic);
        routes.put("POST /sim/messages", this::say);
        routes.put(
                "POST /sim/edits",
                fields -> updateId(
                        simulator.edit(bot(fields), chat(fields), fields.number("messageId"), fields.text("text"))));
        routes.put("POST /sim/presses", this::press);
        routes.put("POST /sim/raw", this::raw);
        routes.put("POST /sim/rate-limits", this::rateLimits);
        routes.put("GET /sim/journal", this::journal);
        routes.put("GET /sim/deliveries", this::deliveries);
        routes.put("GET /sim/faults", faults::list);
        routes.put("POST /sim/faults", faults::add);
        routes.put("DELETE /sim/faults", faults::remove);
    }

    HttpResponse answer(HttpRequest request) {
        Route route = routes.get(request.method() + " " + request.path());
        if (route == null) {
            boolean known = routes.keySet().stream().anyMatch(key -> key.endsWith(" " + request.path()));
            return known
                    ? HttpResponse.json(405, problem(request.method() + " is not possible here"))
                    : HttpResponse.json(404, problem("there is no " + request.path()));
        }
        try {
            return route.answer(Fields.of(request));
        } catch (ApiException e) {
            return HttpResponse.json(400, problem(e.description()));
        } catch (IllegalArgumentException e) {
            return HttpResponse.json(400, problem(String.valueOf(e.getMessage())));
        }
    }

    static String problem(String sentence) {
        return "{\"error\":" + Json.quoted(sentence) + "}";
    }

    static HttpResponse ok(String json) {
        return HttpResponse.json(200, json);
    }

    static HttpResponse created(String json) {
        return HttpResponse.json(201, json);
    }

    private static HttpResponse updateId(long id) {
        return created("{\"updateId\":" + id + "}");
    }

    private HttpResponse createBot(Fields fields) {
        String username = fields.text("username");
        return created(StateView.bot(simulator.createBot(username, fields.text("name", username))));
    }

    private HttpResponse createChat(Fields fields) {
        String type = fields.text("type", "private");
        List<SimUser> users = users(fields);
        if (type.equals("private")) {
            return created(StateView.chat(simulator.privateChat(bot(fields), users.getFirst())));
        }
        List<SimBot> bots = new ArrayList<>();
        fields.numbers("botIds").forEach(id -> bots.add(world.requireBot(id)));
        if (bots.isEmpty()) {
            bots.add(bot(fields));
        }
        SimBot[] members = bots.toArray(SimBot[]::new);
        return created(StateView.chat(
                switch (type) {
                    case "group" -> simulator.group(fields.text("title"), users, members);
                    case "supergroup" -> simulator.supergroup(fields.text("title"), users, members);
                    default -> throw new IllegalArgumentException("type must be private, group or supergroup");
                }));
    }

    private List<SimUser> users(Fields fields) {
        List<SimUser> users = new ArrayList<>();
        for (long id : fields.numbers("userIds")) {
            users.add(world.requireUser(id));
        }
        if (users.isEmpty()) {
            users.add(simulator.createUser(fields.text("user")));
        }
        return users;
    }

    private HttpResponse openTopic(Fields fields) {
        simulator.openTopic(chat(fields), fields.number("threadId"));
        return created(StateView.chat(chat(fields)));
    }

    private HttpResponse say(Fields fields) {
        SimChat chat = chat(fields);
        SimMessage message = simulator.sayToAll(
                chat,
                user(fields, chat),
                fields.text("text"),
                fields.number("replyTo", 0),
                fields.number("threadId", 0));
        return created("{\"messageId\":" + message.id() + "}");
    }

    private HttpResponse press(Fields fields) {
        SimChat chat = chat(fields);
        SimPress press =
                simulator.press(bot(fields), chat, user(fields, chat), fields.number("messageId"), fields.text("data"));
        long again = fields.flag("twice") ? simulator.repeat(press).updateId() : 0;
        return created("{\"updateId\":" + press.updateId() + ",\"queryId\":\"" + press.queryId() + "\""
                + (again == 0 ? "" : ",\"repeatedAs\":" + again) + "}");
    }

    private HttpResponse raw(Fields fields) {
        JsonNode update = fields.json("update");
        String body = update == null ? fields.text("body") : update.toString();
        return updateId(simulator.raw(bot(fields), body.getBytes(UTF_8)));
    }

    private HttpResponse rateLimits(Fields fields) {
        simulator.setRateLimits(fields.flag("on"));
        return ok("{\"on\":" + world.limits().isOn() + "}");
    }

    private HttpResponse journal(Fields fields) {
        long bot = fields.number("bot", 0);
        long chat = fields.number("chat", 0);
        String method = fields.text("method", "");
        List<ApiCall> calls = world
                .journal()
                .callsAfter(after(fields, world.journal().callCount()))
                .stream()
                .filter(call -> bot == 0 || call.botId() == bot)
                .filter(call -> chat == 0 || call.chatId() == chat)
                .filter(call -> method.isEmpty() || call.method().equalsIgnoreCase(method))
                .limit(Math.max(fields.limit(), fields.number("last", 0)))
                .toList();
        return ok("{\"items\":" + StateView.list(calls, StateView::call) + "}");
    }

    private HttpResponse deliveries(Fields fields) {
        long bot = fields.number("bot", 0);
        List<Delivery> found = world
                .journal()
                .deliveriesAfter(after(fields, world.journal().deliveryCount()))
                .stream()
                .filter(delivery -> bot == 0 || delivery.botId() == bot)
                .limit(Math.max(fields.limit(), fields.number("last", 0)))
                .toList();
        return ok("{\"items\":" + StateView.list(found, StateView::delivery) + "}");
    }

    /** {@code last=n} looks at the newest n entries, {@code after=seq} at what is newer than an entry. */
    private static long after(Fields fields, long count) {
        return fields.has("last") ? Math.max(0, count - fields.number("last")) : fields.number("after", 0);
    }

    private SimBot bot(Fields fields) {
        return world.requireBot(fields.number("botId"));
    }

    private SimChat chat(Fields fields) {
        return world.requireChat(fields.number("botId", 0), fields.number("chatId"));
    }

    private SimUser user(Fields fields, SimChat chat) {
        long id = fields.number("userId", 0);
        return id == 0 ? chat.user() : world.requireUser(id);
    }
}
