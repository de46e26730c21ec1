package io.holdfast.fleet;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.aead.AesGcmKey;
import io.holdfast.kernel.ErrorCategory;
import io.holdfast.kernel.HoldfastException;
import io.holdfast.node.InstallationKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Keys for other purposes than tokens, made from the keyset's primary key by HMAC-SHA256: none leads back to it. Thread-safe. */
@ApplicationScoped
class DerivedKeys implements InstallationKey {
    private static final String ALGORITHM = "HmacSHA256";

    private volatile @Nullable SecretKeySpec root;

    @AccessesPartialKey
    void open(KeysetHandle keyset) throws GeneralSecurityException {
        if (!(keyset.getPrimary().getKey() instanceof AesGcmKey primary)) {
            throw new GeneralSecurityException("The primary key is not of AES-GCM");
        }
        root = new SecretKeySpec(primary.getKeyBytes().toByteArray(InsecureSecretKeyAccess.get()), ALGORITHM);
    }

    @Override
    public byte[] derive(String purpose) {
        SecretKeySpec open = root;
        if (open == null) {
            throw new HoldfastException(ErrorCategory.UNAVAILABLE, "The vault is not open yet");
        }
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(open);
            return mac.doFinal(("holdfast " + purpose).getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new HoldfastException(ErrorCategory.INTERNAL, "No key could be derived", e);
        }
    }
}
