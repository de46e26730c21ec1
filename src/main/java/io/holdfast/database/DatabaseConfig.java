package io.holdfast.database;

import io.holdfast.kernel.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Where the database is and who may change its schema. The server's data sources read the same variables. */
@ApplicationScoped
class DatabaseConfig {

    @Inject
    @ConfigProperty(name = "holdfast.db.host", defaultValue = "127.0.0.1")
    String host;

    @Inject
    @ConfigProperty(name = "holdfast.db.port", defaultValue = "5432")
    int port;

    @Inject
    @ConfigProperty(name = "holdfast.db.name", defaultValue = "holdfast")
    String name;

    @Inject
    @ConfigProperty(name = "holdfast.db.user", defaultValue = "holdfast_app")
    String user;

    @Inject
    @ConfigProperty(name = "holdfast.db.owner-user")
    Optional<String> ownerUser;

    @Inject
    @ConfigProperty(name = "holdfast.db.sslmode", defaultValue = "prefer")
    String sslmode;

    String url() {
        return "jdbc:postgresql://%s:%d/%s?sslmode=%s&connectTimeout=5&socketTimeout=300&ApplicationName=holdfast-migration"
                .formatted(host, port, name, sslmode);
    }

    String user() {
        return user;
    }

    /** The application's own role where no owner is named: enough for a small installation. */
    String ownerUser() {
        return ownerUser.orElse(user);
    }

    @Nullable
    String ownerPassword() {
        String variable = ownerUser.isPresent() ? "HOLDFAST_DB_OWNER_PASSWORD" : "HOLDFAST_DB_PASSWORD";
        try {
            return EnvironmentPassword.secret(variable);
        } catch (IOException e) {
            throw new ConfigurationException(
                    variable + "_FILE names a file that cannot be read: make it readable for the server.");
        }
    }
}
