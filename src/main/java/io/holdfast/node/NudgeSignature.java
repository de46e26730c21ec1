package io.holdfast.node;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Who nudged whom and when, with an HMAC-SHA256 over all three: {@code a|b|1767607200|5f…}. Good for a minute.
 *
 * <p>A copy of it may be used again within that minute: it can do no more than have its receiver look once more.
 */
final class NudgeSignature {
    static final String HEADER = "Holdfast-Nudge";

    private static final String ALGORITHM = "HmacSHA256";
    private static final Duration GOOD_FOR = Duration.ofSeconds(60);
    private static final Pattern FORM = Pattern.compile("([0-9a-f]{2,512})\\|([0-9]{1,12})\\|([0-9a-f]{64})");

    private final byte[] key;

    NudgeSignature(byte[] key) {
        this.key = key.clone();
    }

    /** The header's value. */
    String of(String from, String to, Instant now) {
        // In hex, since a name may hold what no header may.
        String sender = HexFormat.of().formatHex(from.getBytes(StandardCharsets.UTF_8));
        String signed = sender + "|" + now.getEpochSecond();
        return signed + "|" + HexFormat.of().formatHex(hmac(signed, to));
    }

    /** The sender where the header's value is ours, meant for {@code to} and not too old; else empty. */
    Optional<String> sender(@Nullable String value, String to, Instant now) {
        Matcher form = FORM.matcher(value == null ? "" : value);
        if (!form.matches()) {
            return Optional.empty();
        }
        Duration age = Duration.between(Instant.ofEpochSecond(Long.parseLong(form.group(2))), now);
        byte[] expected = hmac(form.group(1) + "|" + form.group(2), to);
        boolean genuine = MessageDigest.isEqual(expected, HexFormat.of().parseHex(form.group(3)));
        return genuine && form.group(1).length() % 2 == 0 && age.abs().compareTo(GOOD_FOR) <= 0
                ? Optional.of(new String(HexFormat.of().parseHex(form.group(1)), StandardCharsets.UTF_8))
                : Optional.empty();
    }

    private byte[] hmac(String signed, String to) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac.doFinal((signed + "|" + to).getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has " + ALGORITHM, e);
        }
    }
}
