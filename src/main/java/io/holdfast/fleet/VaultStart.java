package io.holdfast.fleet;

import com.google.crypto.tink.KeysetHandle;
import io.holdfast.database.EngineDatabase;
import io.holdfast.kernel.BotId;
import io.holdfast.kernel.ConfigurationException;
import io.holdfast.kernel.HoldfastException;
import io.holdfast.kernel.StartStep;
import io.holdfast.kernel.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.UUID;

/** Opens the vault, and refuses to start with a keyset that the stored tokens were not encrypted with. */
@ApplicationScoped
class VaultStart implements StartStep {
    private static final Logger LOG = System.getLogger(VaultStart.class.getName());

    private record Stored(TenantId tenant, BotId bot, byte[] cipher) {}

    @Inject
    private FleetConfig config;

    @Inject
    private EngineDatabase database;

    @Inject
    private Vault vault;

    @Inject
    private DerivedKeys keys;

    @Override
    public Phase phase() {
        return Phase.VAULT;
    }

    @Override
    public void start() {
        KeysetFile file = new KeysetFile(config.keysetFile());
        Optional<Stored> proof = anyToken();
        try {
            if (!file.exists()) {
                make(file, proof.isPresent());
            }
            KeysetHandle keyset = file.read();
            vault.open(keyset);
            keys.open(keyset);
        } catch (GeneralSecurityException e) {
            throw new ConfigurationException(
                    "The vault's keyset file %s does not hold an AES-GCM key: put the right file there."
                            .formatted(file));
        }
        proof.ifPresent(token -> prove(file, token));
    }

    private static void make(KeysetFile file, boolean tokensExist) throws GeneralSecurityException {
        if (tokensExist) {
            throw new ConfigurationException(
                    "The vault's keyset file %s does not exist, but the database holds tokens: bring back the file they were encrypted with."
                            .formatted(file));
        }
        file.make();
        LOG.log(
                Level.INFO,
                "Made a new vault keyset in {0}: keep a copy, without it no stored token can be read.",
                file);
    }

    private void prove(KeysetFile file, Stored token) {
        try {
            vault.decrypt(token.tenant(), token.bot(), token.cipher());
        } catch (HoldfastException e) {
            throw new ConfigurationException(
                    "The vault's keyset file %s is not the one that the stored tokens were encrypted with: put the right file there."
                            .formatted(file));
        }
    }

    private Optional<Stored> anyToken() {
        return database.run(connection -> {
            try (var select = connection.prepareStatement(
                            "select tenant_id, bot_id, token_cipher from bot order by bot_id limit 1");
                    var rows = select.executeQuery()) {
                return rows.next()
                        ? Optional.of(new Stored(
                                new TenantId(rows.getObject(1, UUID.class)),
                                new BotId(rows.getLong(2)),
                                rows.getBytes(3)))
                        : Optional.empty();
            }
        });
    }
}
