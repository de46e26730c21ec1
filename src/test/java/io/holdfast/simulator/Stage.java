package io.holdfast.simulator;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

/** One bot, its private chat with Ann, and a client with its token: what most tests here need. */
record Stage(Simulator simulator, SimBot bot, SimChat chat, BotClient client) implements Closeable {

    static final Duration PATIENCE = Duration.ofSeconds(10);

    static Stage open() {
        return open(SimulatorConfig.defaults());
    }

    static Stage open(SimulatorConfig config) {
        Simulator simulator = Simulator.start(config);
        SimBot bot = simulator.createBot("demo_bot", "Demo bot");
        try {
            return new Stage(simulator, bot, simulator.privateChat(bot, "Ann"), BotClient.of(simulator, bot));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    BotClient.Reply call(String method, String json) {
        try {
            return client.call(method, json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code members} are further JSON members, each with a comma before it. */
    BotClient.Reply send(SimChat to, String text, String members) {
        return call("sendMessage", "{\"chat_id\":" + to.id() + ",\"text\":" + Json.quoted(text) + members + "}");
    }

    BotClient.Reply send(String text) {
        return send(chat, text, "");
    }

    void setWebhook(FakeWebhook webhook, int maxConnections) {
        call("setWebhook", "{\"url\":\"" + webhook.url() + "\",\"max_connections\":" + maxConnections + "}");
    }

    @Override
    public void close() {
        try {
            client.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            simulator.close();
        }
    }
}
