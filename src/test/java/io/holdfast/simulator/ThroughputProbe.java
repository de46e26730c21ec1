package io.holdfast.simulator;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Prints updates per second against a webhook that does nothing, and sends per second; asserts nothing. */
final class ThroughputProbe {

    private static final int BOTS = 100;
    private static final int CHATS = 20;

    private ThroughputProbe() {}

    public static void main(String[] args) throws Exception {
        int updates = args.length > 0 ? Integer.parseInt(args[0]) : 200_000;
        for (int round = 1; round <= 3; round++) {
            updates(round, updates);
        }
        sends(updates);
    }

    private static void updates(int round, int updates) throws IOException {
        try (Simulator simulator = Simulator.start(SimulatorConfig.defaults());
                FakeWebhook webhook = new FakeWebhook(update -> FakeWebhook.OK).forgetting()) {
            List<SimBot> bots = new ArrayList<>();
            List<SimChat> chats = new ArrayList<>();
            for (int i = 0; i < BOTS; i++) {
                SimBot bot = simulator.createBot("probe" + i + "_bot", "Probe");
                try (BotClient client = BotClient.of(simulator, bot)) {
                    client.call("setWebhook", "{\"url\":\"" + webhook.url() + "\",\"max_connections\":2}");
                }
                for (int j = 0; j < CHATS; j++) {
                    bots.add(bot);
                    chats.add(simulator.privateChat(bot, "User"));
                }
            }
            long start = System.nanoTime();
            double cpu = cpuSeconds();
            for (int i = 0; i < updates; i++) {
                int k = i % chats.size();
                simulator.say(bots.get(k), chats.get(k), "hello");
            }
            double made = (System.nanoTime() - start) / 1e9;
            simulator.awaitIdle(Duration.ofMinutes(5));
            print("round " + round + ": updates (made in %.2f s)".formatted(made), updates, start, cpu);
        }
    }

    private static void sends(int sends) throws IOException, InterruptedException {
        try (Simulator simulator = Simulator.start(SimulatorConfig.defaults())) {
            SimBot bot = simulator.createBot("probe_bot", "Probe");
            SimChat chat = simulator.privateChat(bot, "User");
            long start = System.nanoTime();
            double cpu = cpuSeconds();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                threads.add(Thread.ofVirtual().start(() -> sendAll(simulator, bot, chat, sends / 16)));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            print("sends", sends, start, cpu);
        }
    }

    private static void sendAll(Simulator simulator, SimBot bot, SimChat chat, int count) {
        try (BotClient client = BotClient.of(simulator, bot)) {
            for (int i = 0; i < count; i++) {
                client.call("sendMessage", "{\"chat_id\":" + chat.id() + ",\"text\":\"hello #" + i + "\"}");
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static double cpuSeconds() {
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return system.getProcessCpuTime() / 1e9;
    }

    private static void print(String what, int count, long start, double cpuBefore) {
        double seconds = (System.nanoTime() - start) / 1e9;
        double cpu = cpuSeconds() - cpuBefore;
        System.out.printf(
                "%s: %d in %.2f s = %.0f/s, %.3f CPU s per 1,000 (both sides of the socket)%n",
                what, count, seconds, count / seconds, cpu / count * 1000);
    }
}
