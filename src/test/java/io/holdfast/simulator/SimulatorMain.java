package io.holdfast.simulator;

import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.concurrent.CountDownLatch;

/** Runs the simulator by itself until it is interrupted. */
public final class SimulatorMain {

    private static final String USAGE =
            "usage: SimulatorMain [--port 8081] [--time-scale 1] [--rate-limits on|off] [--strict-webhook-urls on|off]"
                    + " [--bot user_name]";

    private SimulatorMain() {}

    public static void main(String[] args) throws InterruptedException {
        int status = run(args, System.out, System.err);
        if (status != 0) {
            System.exit(status);
        }
    }

    static int run(String[] args, PrintStream out, PrintStream err) throws InterruptedException {
        Options options;
        try {
            options = Options.parse(args);
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage() + "; " + USAGE);
            return 2;
        }
        try (Simulator simulator = Simulator.start(options.config())) {
            out.println("Open " + simulator.url() + " in a browser: there you make bots and chat with them.");
            out.println("Bot API base address: " + simulator.url() + "bot<token>/<method>");
            if (!options.bot().isEmpty()) {
                SimBot bot = simulator.createBot(options.bot(), options.bot());
                out.println("Token of @" + bot.username() + ": " + bot.token());
            }
            out.println("Press Ctrl-C to stop.");
            waitForTheEnd(simulator);
            return 0;
        } catch (UncheckedIOException e) {
            err.println(
                    "Port " + options.config().port() + " is taken; stop what uses it or choose another by --port.");
            return 1;
        }
    }

    private static void waitForTheEnd(Simulator simulator) throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            simulator.close();
            end.countDown();
        }));
        end.await();
    }

    /** What the command line says; limits are on, as a person at the chat page would meet them. */
    record Options(SimulatorConfig config, String bot) {

        static Options parse(String[] args) {
            Options options =
                    new Options(SimulatorConfig.defaults().withPort(8081).withRateLimits(true), "");
            for (int i = 0; i < args.length; i += 2) {
                if (i + 1 == args.length) {
                    throw new IllegalArgumentException("The option " + args[i] + " needs a value");
                }
                options = options.with(args[i], args[i + 1]);
            }
            return options;
        }

        private Options with(String name, String value) {
            try {
                return switch (name) {
                    case "--port" -> new Options(config.withPort(Integer.parseInt(value)), bot);
                    case "--time-scale" -> new Options(config.withTimeScale(Double.parseDouble(value)), bot);
                    case "--rate-limits" -> new Options(config.withRateLimits(isOn(value)), bot);
                    case "--strict-webhook-urls" -> new Options(config.withStrictWebhookUrls(isOn(value)), bot);
                    case "--bot" -> new Options(config, value);
                    default -> throw new IllegalArgumentException("There is no option " + name);
                };
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("The option " + name + " needs a number, not \"" + value + "\"", e);
            }
        }

        private static boolean isOn(String value) {
            return switch (value) {
                case "on" -> true;
                case "off" -> false;
                default -> throw new IllegalArgumentException("\"" + value + "\" is neither on nor off");
            };
        }
    }
}
