package io.holdfast.setting;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What an operator can change about a running bot.
 *
 * @param throttle whether users are held to their limits
 * @param batching how long rapid messages wait for each other; empty for the built-in times, zero for not at all
 */
public record Settings(boolean throttle, Pacing pacing, Optional<Duration> batching) {
    public static final Settings DEFAULTS = new Settings(true, Pacing.DEFAULT, Optional.empty());

    static final String THROTTLE = "throttle";
    static final String PACING = "pacing";
    static final String BATCHING = "batching";

    /** Each setting in the form in which it is put. */
    public Map<String, String> asText() {
        Map<String, String> text = new LinkedHashMap<>();
        text.put(THROTTLE, throttle ? "on" : "off");
        text.put(PACING, pacing.name().toLowerCase(Locale.ROOT));
        text.put(BATCHING, batching.map(ShortDuration::format).orElse("default"));
        return text;
    }
}
