package io.holdfast.admin;

import io.holdfast.kernel.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Where the one-time secret is written that makes the first operator. */
@ApplicationScoped
class AdminConfig {

    @Inject
    @ConfigProperty(name = "holdfast.bootstrap.secret-file")
    Optional<String> secretFile;

    Path secretFile() {
        return Path.of(secretFile.orElseThrow(() -> new ConfigurationException(
                "HOLDFAST_BOOTSTRAP_SECRET_FILE is missing: name the file that the one-time secret is written to.")));
    }
}
