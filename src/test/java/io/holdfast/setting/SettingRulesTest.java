package io.holdfast.setting;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingRulesTest {

    @ParameterizedTest
    @CsvSource({
        "throttle,on",
        "throttle,off",
        "pacing,platform",
        "pacing,default",
        "batching,0s",
        "batching,1500ms",
        "batching,1m",
        "batching,PT0.5S",
        "batching,default"
    })
    void values_of_the_right_form_are_taken(String name, String value) {
        assertThat(SettingRules.mistakes(Map.of(name, value))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "throttle,ON",
        "throttle,''",
        "throttle,true",
        "pacing,fast",
        "batching,-1s",
        "batching,PT-1S",
        "batching,61s",
        "batching,2h",
        "batching,1",
        "batching,1 s",
        "batching,99999999999s",
        "colour,red"
    })
    void values_of_another_form_are_refused_by_the_name_of_their_setting(String name, String value) {
        assertThat(SettingRules.mistakes(Map.of(name, value)))
                .singleElement()
                .satisfies(mistake -> assertThat(mistake.name()).isEqualTo(name));
    }

    @Test
    void every_mistake_is_told_at_once() {
        assertThat(SettingRules.mistakes(Map.of("throttle", "maybe", "pacing", "maybe", "batching", "maybe")))
                .hasSize(3);
    }

    @Test
    void what_nobody_has_put_has_its_default() {
        assertThat(SettingRules.read(Map.of())).isEqualTo(Settings.DEFAULTS);
    }

    @Test
    void settings_come_back_as_they_were_put() {
        Settings settings = SettingRules.read(Map.of("throttle", "off", "pacing", "platform", "batching", "PT1.5S"));
        assertThat(settings).isEqualTo(new Settings(false, Pacing.PLATFORM, Optional.of(Duration.ofMillis(1500))));
        assertThat(settings.asText()).isEqualTo(Map.of("throttle", "off", "pacing", "platform", "batching", "1500ms"));
        assertThat(SettingRules.read(settings.asText())).isEqualTo(settings);
    }
}
