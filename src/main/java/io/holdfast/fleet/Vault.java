package io.holdfast.fleet;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.aead.AeadConfig2026;
import io.holdfast.channel.BotToken;
import io.holdfast.kernel.BotId;
import io.holdfast.kernel.ErrorCategory;
import io.holdfast.kernel.HoldfastException;
import io.holdfast.kernel.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts bot tokens with AES-256-GCM, bound to their tenant, bot and purpose: a row copied to another bot does not
 * decrypt.
 *
 * <p>Opened once at start; before that every call fails as UNAVAILABLE. Safe on many threads. No text that it makes holds
 * a token.
 */
@ApplicationScoped
class Vault {
    private static final String PURPOSE = "token";

    private volatile @Nullable Aead key;

    void open(KeysetHandle keyset) throws GeneralSecurityException {
        key = keyset.getPrimitive(AeadConfig2026.get(), Aead.class);
    }

    byte[] encrypt(TenantId tenant, BotToken token) {
        try {
            return key().encrypt(token.reveal().getBytes(StandardCharsets.US_ASCII), bound(tenant, token.bot()));
        } catch (GeneralSecurityException e) {
            throw new HoldfastException(ErrorCategory.INTERNAL, "The vault could not encrypt", e);
        }
    }

    /** The token that was encrypted for just this tenant and bot; INTERNAL where the row or the keyset is another. */
    BotToken decrypt(TenantId tenant, BotId bot, byte[] cipher) {
        try {
            String text = new String(key().decrypt(cipher, bound(tenant, bot)), StandardCharsets.US_ASCII);
            return BotToken.parse(text).orElseThrow(() -> wrong(bot, null));
        } catch (GeneralSecurityException e) {
            throw wrong(bot, e);
        }
    }

    private Aead key() {
        Aead open = key;
        if (open == null) {
            throw new HoldfastException(ErrorCategory.UNAVAILABLE, "The vault is not open yet");
        }
        return open;
    }

    private static HoldfastException wrong(BotId bot, @Nullable Throwable cause) {
        String sentence = "The token of bot %s does not decrypt with this keyset".formatted(bot);
        return cause == null
                ? new HoldfastException(ErrorCategory.INTERNAL, sentence)
                : new HoldfastException(ErrorCategory.INTERNAL, sentence, cause);
    }

    private static byte[] bound(TenantId tenant, BotId bot) {
        return "%s|%s|%s".formatted(tenant, bot, PURPOSE).getBytes(StandardCharsets.UTF_8);
    }
}
