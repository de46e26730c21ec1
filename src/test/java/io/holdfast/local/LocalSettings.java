package io.holdfast.local;

import io.holdfast.testkit.StartRefusedException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * What a local run was asked for. Each setting is a system property ({@code -Dholdfast.http.port=9180}) or the environment
 * variable of the same name in capitals (HOLDFAST_HTTP_PORT); the property wins.
 */
record LocalSettings(
        int httpPort,
        int internalPort,
        int databasePort,
        int simulatorPort,
        Path data,
        @Nullable String telegramToken,
        @Nullable String telegramApiUrl,
        @Nullable String publicUrl,
        boolean takeover) {

    static LocalSettings read(Properties properties, Map<String, String> environment) {
        Source source = new Source(properties, environment);
        return new LocalSettings(
                source.port("holdfast.http.port", 9080),
                source.port("holdfast.internal.port", 9081),
                source.port("holdfast.db.port", 5433),
                source.port("holdfast.simulator.port", 8081),
                data(source),
                source.optional("holdfast.telegram.token"),
                source.optional("holdfast.telegram.api-url"),
                source.optional("holdfast.public-url"),
                Boolean.parseBoolean(source.text("holdfast.takeover", "false")));
    }

    /** Bots of the real Telegram have a folder of their own: the simulator's mean nothing there. */
    private static Path data(Source source) {
        Path data = Path.of(source.text("holdfast.local.data", "data"))
                .toAbsolutePath()
                .normalize();
        return source.optional("holdfast.telegram.token") == null ? data : data.resolve("telegram");
    }

    /** True when no real bot was named: Telegram is played by the simulator. */
    boolean simulated() {
        return telegramToken == null;
    }

    String serverUrl() {
        return "http://127.0.0.1:" + httpPort;
    }

    /** The token stays out of what is printed. */
    @Override
    public String toString() {
        return "LocalSettings[%s, data=%s]".formatted(serverUrl(), data);
    }

    static String variable(String property) {
        return property.toUpperCase(java.util.Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    private record Source(Properties properties, Map<String, String> environment) {

        @Nullable
        String optional(String name) {
            String property = properties.getProperty(name, "").strip();
            String value = property.isEmpty()
                    ? environment.getOrDefault(variable(name), "").strip()
                    : property;
            return value.isEmpty() ? null : value;
        }

        String text(String name, String otherwise) {
            String value = optional(name);
            return value == null ? otherwise : value;
        }

        int port(String name, int otherwise) {
            String value = text(name, Integer.toString(otherwise));
            if (!value.matches("[0-9]{1,5}") || Integer.parseInt(value) < 1 || Integer.parseInt(value) > 65_535) {
                throw new StartRefusedException(
                        "%s is \"%s\", which is no port: give a number from 1 to 65535.".formatted(name, value));
            }
            return Integer.parseInt(value);
        }
    }
}
