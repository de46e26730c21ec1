package io.holdfast.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.testkit.StartRefusedException;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class LocalSettingsTest {

    @Test
    void nothing_need_be_set() {
        LocalSettings settings = LocalSettings.read(new Properties(), Map.of());
        assertThat(settings.httpPort()).isEqualTo(9080);
        assertThat(settings.databasePort()).isEqualTo(5433);
        assertThat(settings.simulatorPort()).isEqualTo(8081);
        assertThat(settings.simulated()).isTrue();
        assertThat(settings.data()).isAbsolute().endsWithRaw(java.nio.file.Path.of("data"));
    }

    @Test
    void a_property_wins_over_a_variable_and_an_empty_one_counts_as_none() {
        Properties properties = new Properties();
        properties.setProperty("holdfast.http.port", "9180");
        properties.setProperty("holdfast.db.port", "");
        LocalSettings settings =
                LocalSettings.read(properties, Map.of("HOLDFAST_HTTP_PORT", "9280", "HOLDFAST_DB_PORT", "5533"));
        assertThat(settings.httpPort()).isEqualTo(9180);
        assertThat(settings.databasePort()).isEqualTo(5533);
    }

    @Test
    void what_is_no_port_is_refused_in_one_sentence() {
        assertThatThrownBy(() -> LocalSettings.read(new Properties(), Map.of("HOLDFAST_SIMULATOR_PORT", "99999")))
                .isInstanceOf(StartRefusedException.class)
                .hasMessage("holdfast.simulator.port is \"99999\", which is no port: give a number from 1 to 65535.");
    }

    @Test
    void a_real_token_is_not_in_what_is_printed() {
        String token = "1:" + "x".repeat(35);
        LocalSettings settings = LocalSettings.read(new Properties(), Map.of("HOLDFAST_TELEGRAM_TOKEN", token));
        assertThat(settings.simulated()).isFalse();
        assertThat(settings).asString().doesNotContain(token);
    }
}
