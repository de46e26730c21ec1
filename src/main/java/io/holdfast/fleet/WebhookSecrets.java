package io.holdfast.fleet;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/** Makes what nobody may guess: the path of a webhook and the secret that Telegram sends along. */
@ApplicationScoped
class WebhookSecrets {

    @Inject
    private SecureRandom random;

    /** 128 random bits, url-safe. */
    String route() {
        return urlSafe(16);
    }

    /** 256 random bits, url-safe; only its hash is stored. */
    String secret() {
        return urlSafe(32);
    }

    static byte[] hash(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    private String urlSafe(int bytes) {
        byte[] value = new byte[bytes];
        random.nextBytes(value);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(value);
    }
}
