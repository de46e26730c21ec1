package io.holdfast.admin;

import java.security.SecureRandom;
import java.util.Base64;

/** Random texts of url-safe characters. */
final class RandomText {

    private RandomText() {}

    static String urlSafe(SecureRandom random, int bytes) {
        byte[] value = new byte[bytes];
        random.nextBytes(value);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(value);
    }
}
