package io.holdfast.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A bot that polls, as small as one can be: /start offers a button, /think only types, /edit writes and rewrites, all
 * else comes back. What it is refused it does not try again.
 */
final class EchoBot implements Closeable {
    private static final String BUTTON = """
            ,"reply_markup":{"inline_keyboard":[[{"text":"Press me","callback_data":"pressed"}]]}""";

    private final BotClient client;
    private final Thread thread;
    private volatile boolean closed;

    EchoBot(Simulator simulator, SimBot bot) {
        try {
            this.client = BotClient.of(simulator, bot);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.thread = Thread.ofPlatform().name("echo-bot").start(this::poll);
    }

    private void poll() {
        long offset = 0;
        try {
            while (!closed) {
                JsonNode updates = client.call("getUpdates", "{\"timeout\":30,\"offset\":" + offset + "}")
                        .result();
                for (JsonNode update : updates) {
                    answer(update);
                    offset = update.path("update_id").asLong() + 1;
                }
            }
        } catch (IOException e) {
            if (!closed) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void answer(JsonNode update) throws IOException {
        JsonNode press = update.path("callback_query");
        if (press.isObject()) {
            client.call(
                    "answerCallbackQuery",
                    "{\"callback_query_id\":" + press.path("id") + ",\"text\":"
                            + Json.quoted("You " + press.path("data").asText() + " it.") + "}");
        } else if (update.path("message").path("text").isTextual()) {
            answer(update.path("message").path("chat").path("id").asLong(), update.path("message"));
        }
    }

    private void answer(long chat, JsonNode message) throws IOException {
        String text = message.path("text").asText();
        switch (text) {
            case "/start" ->
                send(chat, "Hello " + message.path("from").path("first_name").asText() + "!", BUTTON);
            case "/think" -> client.call("sendChatAction", "{\"chat_id\":" + chat + ",\"action\":\"typing\"}");
            case "/edit" -> {
                long id = send(chat, "Wait…", "").result().path("message_id").asLong();
                client.call(
                        "editMessageText", "{\"chat_id\":" + chat + ",\"message_id\":" + id + ",\"text\":\"Done.\"}");
            }
            default -> send(chat, "You wrote: " + text, "");
        }
    }

    private BotClient.Reply send(long chat, String text, String members) throws IOException {
        return client.call("sendMessage", "{\"chat_id\":" + chat + ",\"text\":" + Json.quoted(text) + members + "}");
    }

    @Override
    public void close() {
        closed = true;
        try {
            client.close();
            thread.join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
