package io.holdfast.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sends each request to the Bot API, the control API, the event stream or the chat page; lets only loopback names in. */
final class FrontDoor implements HttpServer.Handler {

    private static final Map<String, String> PAGES = Map.of("/", "index.html", "/favicon.ico", "icon.svg");

    private final BotApi api;
    private final ControlApi control;
    private final EventStream events;

    FrontDoor(BotApi api, ControlApi control, EventStream events) {
        this.api = api;
        this.control = control;
        this.events = events;
    }

    @Override
    public void handle(HttpRequest request, HttpConnection connection) throws IOException, InterruptedException {
        // A web page that points its own name at 127.0.0.1 must not reach the tokens kept here.
        if (!isLoopback(request.header("host")) || !isLoopbackOrigin(request.header("origin"))) {
            connection.send(HttpResponse.json(403, ControlApi.problem("only loopback names are answered here")));
        } else if (request.path().startsWith("/bot") || request.path().startsWith(BotApi.CALLER)) {
            api.handle(request, connection);
        } else if (request.path().equals("/sim/events")) {
            events.serve(connection);
        } else if (request.path().startsWith("/sim/")) {
            connection.send(control.answer(request));
        } else {
            connection.send(page(request.path()));
        }
    }

    private static boolean isLoopback(@Nullable String host) {
        if (host == null) {
            return false;
        }
        String name = host.replaceFirst(":[0-9]+$", "");
        return name.equals("localhost") || name.equals("[::1]") || name.matches("127(\\.[0-9]{1,3}){3}");
    }

    private static boolean isLoopbackOrigin(@Nullable String origin) {
        if (origin == null) {
            return true;
        }
        try {
            return isLoopback(URI.create(origin).getHost());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static HttpResponse page(String path) throws IOException {
        String file = PAGES.getOrDefault(path, path.substring(Math.min(1, path.length())));
        if (file.matches("[a-z][a-z-]*\\.(html|css|js|svg)")) {
            try (InputStream in = FrontDoor.class.getResourceAsStream("/simulator/" + file)) {
                if (in != null) {
                    return HttpResponse.of(200, typeOf(file), in.readAllBytes())
                            .withHeader("Cache-Control", "no-cache")
                            .withHeader("X-Content-Type-Options", "nosniff")
                            .withHeader("Content-Security-Policy", "default-src 'self'; img-src 'self' data:");
                }
            }
        }
        return HttpResponse.json(404, Json.error(404, "Not Found"));
    }

    private static String typeOf(String file) {
        return switch (file.substring(file.lastIndexOf('.') + 1)) {
            case "html" -> "text/html; charset=utf-8";
            case "css" -> "text/css; charset=utf-8";
            case "js" -> "text/javascript; charset=utf-8";
            default -> "image/svg+xml";
        };
    }
}
