package io.holdfast.telegram;

import io.holdfast.fleet.RoutedBot;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compares a delivery's secret with the stored hash in the same time for every route and every secret. */
final class WebhookSecret {
    /** No secret that we give out has this hash: it has no known preimage. */
    private static final byte[] NO_BOT = new byte[32];

    private WebhookSecret() {}

    static boolean matches(@Nullable String secret, Optional<RoutedBot> routed) {
        byte[] expected = routed.map(RoutedBot::secretHash).orElse(NO_BOT);
        boolean same = MessageDigest.isEqual(expected, sha256(secret == null ? "" : secret));
        return same && secret != null && routed.isPresent();
    }

    static byte[] sha256(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
