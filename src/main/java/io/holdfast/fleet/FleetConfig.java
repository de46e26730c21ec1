package io.holdfast.fleet;

import io.holdfast.kernel.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Where the vault's key is, and under which address Telegram reaches this installation. */
@ApplicationScoped
class FleetConfig {

    /** Made at the first start when missing. */
    @Inject
    @ConfigProperty(name = "holdfast.vault.keyset-file")
    Optional<String> keysetFile;

    /** Without it bots are polled. */
    @Inject
    @ConfigProperty(name = "holdfast.public-url")
    Optional<String> publicUrl;

    Path keysetFile() {
        return Path.of(
                keysetFile.orElseThrow(
                        () -> new ConfigurationException(
                                "HOLDFAST_VAULT_KEYSET_FILE is missing: name the file that holds, or shall hold, the vault's keyset.")));
    }

    /** Without a slash at its end. */
    Optional<String> publicUrl() {
        return publicUrl.map(FleetConfig::checked);
    }

    private static String checked(String text) {
        String url = text.strip().replaceAll("/+$", "");
        try {
            URI uri = URI.create(url);
            if (uri.getHost() != null
                    && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                    && uri.getQuery() == null
                    && uri.getFragment() == null) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            // Said below, in the same sentence as any other form that is no address.
        }
        throw new ConfigurationException(
                "HOLDFAST_PUBLIC_URL is not an address such as https://bots.example.org: correct it, or remove it to poll.");
    }
}
