package io.holdfast.kernel;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which names the configuration may hold, and which it must. */
final class ConfigurationRules {
    /** Of each line one variable must be there. */
    private static final List<List<String>> REQUIRED = List.of(
            List.of("HOLDFAST_NODE_ID"),
            List.of("HOLDFAST_NODE_URL"),
            List.of("HOLDFAST_DB_PASSWORD", "HOLDFAST_DB_PASSWORD_FILE"),
            List.of("HOLDFAST_VAULT_KEYSET_FILE"),
            List.of("HOLDFAST_BOOTSTRAP_SECRET_FILE"));
    /** Read by the server's configuration, the database driver or the local run, not by a Config class. */
    private static final Set<String> READ_ELSEWHERE = Set.of(
            "HOLDFAST_HTTP_HOST",
            "HOLDFAST_HTTP_PORT",
            "HOLDFAST_HTTPS_PORT",
            "HOLDFAST_INTERNAL_HOST",
            "HOLDFAST_DB_PASSWORD",
            "HOLDFAST_DB_PASSWORD_FILE",
            "HOLDFAST_DB_OWNER_PASSWORD",
            "HOLDFAST_DB_OWNER_PASSWORD_FILE",
            "HOLDFAST_TELEGRAM_TOKEN");

    private final Set<String> keys;
    private final Set<String> variables;

    ConfigurationRules(Set<String> keys) {
        this.keys = new TreeSet<>(keys);
        this.variables = Stream.concat(keys.stream().map(ConfigurationRules::variable), READ_ELSEWHERE.stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    void refuseMissing(Map<String, String> environment) {
        List<String> missing = REQUIRED.stream()
                .filter(names -> names.stream()
                        .allMatch(name -> environment.getOrDefault(name, "").isBlank()))
                .map(names -> String.join(" or ", names))
                .toList();
        if (!missing.isEmpty()) {
            throw new ConfigurationException(
                    "Set what is missing in the environment: %s; docs/reference/configuration.md explains each."
                            .formatted(String.join(", ", missing)));
        }
    }

    void refuseUnknown(Collection<String> names) {
        for (String name : names) {
            if (!keys.contains(name)) {
                throw new ConfigurationException(
                        "There is no setting %s: remove it, or did you mean %s?".formatted(name, nearest(name, keys)));
            }
        }
    }

    List<String> unknownVariables(Collection<String> names) {
        return names.stream()
                .filter(name -> name.startsWith("HOLDFAST_") && !variables.contains(name))
                .sorted()
                .toList();
    }

    String nearestVariable(String name) {
        return nearest(name, variables);
    }

    /** The environment's form of a key, as MicroProfile Config reads it. */
    private static String variable(String key) {
        return key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    private static String nearest(String name, Set<String> candidates) {
        String nearest = "none";
        int least = Integer.MAX_VALUE;
        for (String candidate : candidates) {
            int distance = distance(name, candidate);
            if (distance < least) {
                least = distance;
                nearest = candidate;
            }
        }
        return nearest;
    }

    // Levenshtein, one row at a time.
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
