package io.holdfast.admin;

import io.holdfast.kernel.ConfigurationException;
import io.holdfast.kernel.StartStep;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;

/** The one-time secret: made at the first start of the installation, in a file for its owner alone, gone once used. */
@ApplicationScoped
class BootstrapSecret implements StartStep {
    private static final Logger LOG = System.getLogger(BootstrapSecret.class.getName());

    @Inject
    private AdminConfig config;

    @Inject
    private OperatorStore store;

    @Inject
    private SecureRandom random;

    @Override
    public Phase phase() {
        return Phase.VAULT;
    }

    @Override
    public void start() {
        Path file = config.secretFile();
        if (store.bootstrap().isEmpty()) {
            String secret = RandomText.urlSafe(random, 32);
            store.initialise(Sha256.of(secret), () -> write(file, secret));
        } else if (store.bootstrap().filter(entry -> !entry.used()).isPresent() && !Files.exists(file)) {
            LOG.log(
                    Level.WARNING,
                    "No operator exists and {0} is not here: use the file of the node that made it, or empty the table bootstrap and start again.",
                    file);
        }
    }

    /** True for the secret while nobody has used it. */
    boolean opens(String secret) {
        byte[] hash = Sha256.of(secret);
        return store.bootstrap()
                .filter(entry -> MessageDigest.isEqual(entry.secretHash(), hash) && !entry.used())
                .isPresent();
    }

    /** Removes the file where it is on this node. */
    void spent() {
        Path file = config.secretFile();
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "The used secret in {0} could not be deleted; delete it by hand.", file);
        }
    }

    private static void write(Path file, String secret) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            Files.createDirectories(folder);
            Path half = Files.createTempFile(
                    folder,
                    ".secret",
                    ".tmp",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(half, secret + "\n");
            Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new ConfigurationException(
                    "The bootstrap secret cannot be written to %s: name a file in a folder that the server may write."
                            .formatted(file));
        }
        LOG.log(
                Level.INFO,
                "Wrote the one-time secret for POST /api/v1/bootstrap to {0}: it makes the first operator.",
                file);
    }
}
