package io.holdfast.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConfigurationRulesTest {
    private final ConfigurationRules rules =
            new ConfigurationRules(Set.of("holdfast.public-url", "holdfast.lane.turns"));

    @Test
    void all_missing_variables_stand_in_one_sentence() {
        assertThatThrownBy(() -> rules.refuseMissing(Map.of("HOLDFAST_NODE_ID", "a", "HOLDFAST_NODE_URL", " ")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("HOLDFAST_NODE_URL")
                .hasMessageContaining("HOLDFAST_DB_PASSWORD or HOLDFAST_DB_PASSWORD_FILE")
                .hasMessageContaining("HOLDFAST_VAULT_KEYSET_FILE")
                .hasMessageContaining("HOLDFAST_BOOTSTRAP_SECRET_FILE")
                .hasMessageNotContaining("HOLDFAST_NODE_ID");
    }

    @Test
    void a_secret_may_come_by_file() {
        Map<String, String> environment = new HashMap<>();
        for (String name : List.of(
                "HOLDFAST_NODE_ID",
                "HOLDFAST_NODE_URL",
                "HOLDFAST_DB_PASSWORD_FILE",
                "HOLDFAST_VAULT_KEYSET_FILE",
                "HOLDFAST_BOOTSTRAP_SECRET_FILE")) {
            environment.put(name, "set");
        }
        assertThatCode(() -> rules.refuseMissing(environment)).doesNotThrowAnyException();
    }

    @Test
    void an_unknown_key_stops_the_start_and_the_nearest_one_is_named() {
        assertThatThrownBy(() -> rules.refuseUnknown(List.of("holdfast.lane.turns", "holdfast.lane.turn")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("holdfast.lane.turn:")
                .hasMessageContaining("holdfast.lane.turns?");
    }

    @Test
    void an_unknown_variable_is_told_and_known_ones_are_not() {
        assertThat(rules.unknownVariables(
                        List.of("HOLDFAST_PUBLIC_URI", "HOLDFAST_PUBLIC_URL", "HOLDFAST_HTTP_PORT", "HOME")))
                .containsExactly("HOLDFAST_PUBLIC_URI");
        assertThat(rules.nearestVariable("HOLDFAST_PUBLIC_URI")).isEqualTo("HOLDFAST_PUBLIC_URL");
    }
}
