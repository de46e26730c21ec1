package io.holdfast.fleet;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig2026;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import io.holdfast.kernel.ConfigurationException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.Set;

/** The file that holds the vault's keyset in clear: whoever reads it and the database reads every token. */
final class KeysetFile {
    private final Path path;

    KeysetFile(Path path) {
        this.path = path;
    }

    boolean exists() {
        return Files.exists(path);
    }

    KeysetHandle read() {
        try {
            return TinkJsonProtoKeysetFormat.parseKeyset(
                    Files.readString(path), AeadConfig2026.get(), InsecureSecretKeyAccess.get());
        } catch (IOException e) {
            throw new ConfigurationException(
                    "The vault's keyset file %s cannot be read: make it readable for the server.".formatted(path));
        } catch (GeneralSecurityException e) {
            throw new ConfigurationException(
                    "The vault's keyset file %s does not hold a keyset: put the right file there.".formatted(path));
        }
    }

    /** Makes the file with a new key, whole or not at all, readable for its owner alone; an existing file stays. */
    void make() throws GeneralSecurityException {
        String text = TinkJsonProtoKeysetFormat.serializeKeyset(
                KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, AeadConfig2026.get()),
                AeadConfig2026.get(),
                InsecureSecretKeyAccess.get());
        try {
            Path folder = path.toAbsolutePath().getParent();
            Files.createDirectories(folder);
            Path half = Files.createTempFile(folder, ".keyset", ".tmp", ownerOnly());
            try {
                writeAndSync(half, text);
                link(half);
            } finally {
                Files.deleteIfExists(half);
            }
        } catch (IOException e) {
            throw new ConfigurationException(
                    "The vault's keyset file %s cannot be made: name a file in a folder that the server may write."
                            .formatted(path));
        }
    }

    private void link(Path half) throws IOException {
        try {
            // A link, unlike a move, does not replace the key of a node that was faster.
            Files.createLink(path, half);
        } catch (UnsupportedOperationException e) {
            Files.move(half, path);
        } catch (FileAlreadyExistsException e) {
            // The other node's key is the installation's key.
        }
    }

    private static void writeAndSync(Path file, String text) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    private static java.nio.file.attribute.FileAttribute<?> ownerOnly() {
        return PosixFilePermissions.asFileAttribute(Set.copyOf(PosixFilePermissions.fromString("rw-------")));
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
