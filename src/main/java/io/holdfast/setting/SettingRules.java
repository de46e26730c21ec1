package io.holdfast.setting;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which names and values settings may have, and what to say about others. */
final class SettingRules {
    private static final Duration LONGEST_BATCH = Duration.ofMinutes(1);

    private SettingRules() {}

    static List<Mistake> mistakes(Map<String, String> values) {
        List<Mistake> mistakes = new ArrayList<>();
        values.forEach((name, value) -> {
            String mistake = mistake(name, value);
            if (mistake != null) {
                mistakes.add(new Mistake(name, mistake));
            }
        });
        return mistakes;
    }

    /** Stored values were checked when they were put; one of a later version falls back to its default. */
    static Settings read(Map<String, String> stored) {
        return new Settings(
                !"off".equals(stored.get(Settings.THROTTLE)),
                "platform".equals(stored.get(Settings.PACING)) ? Pacing.PLATFORM : Pacing.DEFAULT,
                Optional.ofNullable(stored.get(Settings.BATCHING)).flatMap(ShortDuration::parse));
    }

    private static @Nullable String mistake(String name, String value) {
        return switch (name) {
            case Settings.THROTTLE -> List.of("on", "off").contains(value) ? null : "must be on or off";
            case Settings.PACING ->
                List.of("platform", "default").contains(value) ? null : "must be platform or default";
            case Settings.BATCHING -> "default".equals(value) ? null : duration(value);
            default -> "is not a setting";
        };
    }

    private static @Nullable String duration(String value) {
        Optional<Duration> duration = ShortDuration.parse(value);
        if (duration.isEmpty()) {
            return "must be a duration such as 0s, 1500ms or PT2S, or default";
        }
        boolean inRange = !duration.get().isNegative() && duration.get().compareTo(LONGEST_BATCH) <= 0;
        return inRange ? null : "must be between 0s and 60s";
    }
}
