package io.holdfast.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.postgresql.plugin.AuthenticationPlugin;
import org.postgresql.plugin.AuthenticationRequestType;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

/**
 * Gives the driver the application's password from HOLDFAST_DB_PASSWORD, or from the file that HOLDFAST_DB_PASSWORD_FILE
 * names.
 *
 * <p>Asked at every new connection: a rotated file takes effect without a restart, and the password is in no server
 * configuration. Lives in a jar of its own beside the driver, because the driver loads it.
 */
public final class EnvironmentPassword implements AuthenticationPlugin {

    @Override
    public char @Nullable [] getPassword(AuthenticationRequestType type) throws PSQLException {
        try {
            String password = secret("HOLDFAST_DB_PASSWORD");
            return password == null ? null : password.toCharArray();
        } catch (IOException e) {
            throw new PSQLException("HOLDFAST_DB_PASSWORD_FILE cannot be read", PSQLState.CONNECTION_REJECTED, e);
        }
    }

    /** The variable's value, or the first line of the file that {@code <variable>_FILE} names, or null. */
    public static @Nullable String secret(String variable) throws IOException {
        String value = System.getenv(variable);
        if (value != null && !value.isEmpty()) {
            return value;
        }
        String file = System.getenv(variable + "_FILE");
        if (file == null || file.isEmpty()) {
            return null;
        }
        return Files.readString(Path.of(file)).strip();
    }
}
