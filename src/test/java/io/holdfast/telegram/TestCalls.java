package io.holdfast.telegram;

import io.holdfast.channel.BotToken;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;

/** Calls and tokens for tests, without a container. */
final class TestCalls {
    private TestCalls() {}

    @SuppressWarnings("UnnecessaryAssignment") // there is no container here
    static TelegramConfig config(String apiUrl) {
        TelegramConfig config = new TelegramConfig();
        config.apiUrl = apiUrl;
        config.callDeadline = Duration.ofSeconds(10);
        config.connectTimeout = Duration.ofSeconds(5);
        config.connections = 3;
        config.connectionsPerHost = 1;
        config.dnsCache = Duration.ofMinutes(5);
        config.uploadDeadline = Duration.ofMinutes(2);
        config.pollTimeout = Duration.ofSeconds(25);
        return config;
    }

    @SuppressWarnings("UnnecessaryAssignment") // there is no container here
    static TelegramCalls calls(TelegramConfig config) {
        TelegramCalls calls = new TelegramCalls();
        calls.config = config;
        calls.reach = reach();
        calls.open();
        return calls;
    }

    @SuppressWarnings("UnnecessaryAssignment") // there is no container here
    static TelegramReach reach() {
        TelegramReach reach = new TelegramReach();
        reach.clock = InstantSource.system();
        return reach;
    }

    static BotToken freshToken() {
        byte[] random = new byte[30];
        new SecureRandom().nextBytes(random);
        return BotToken.parse("987654321:" + Base64.getUrlEncoder().encodeToString(random))
                .orElseThrow();
    }
}
