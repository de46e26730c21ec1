package io.holdfast.command;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a word becomes a value.
 *
 * @param meaning what people should write, as the end of a sentence
 */
record ArgumentType<T>(String meaning, Function<String, Optional<T>> parser) {
    private static final Pattern DURATION =
            Pattern.compile("(?:(\\d{1,4})d)?(?:(\\d{1,4})h)?(?:(\\d{1,5})m)?(?:(\\d{1,6})s)?");
    private static final int LONGEST_NUMBER = 30;

    private static final Map<Class<?>, ArgumentType<?>> KNOWN = Map.of(
            String.class, new ArgumentType<>("a text", Optional::of),
            int.class, new ArgumentType<>("a whole number", number(Integer::valueOf)),
            Integer.class, new ArgumentType<>("a whole number", number(Integer::valueOf)),
            long.class, new ArgumentType<>("a whole number", number(Long::valueOf)),
            Long.class, new ArgumentType<>("a whole number", number(Long::valueOf)),
            BigDecimal.class, new ArgumentType<>("a number", number(BigDecimal::new)),
            Duration.class, new ArgumentType<>("a time such as 10s, 5m, 2h or 1h30m", ArgumentType::duration));

    Optional<T> parse(String text) {
        return parser.apply(text);
    }

    static Optional<ArgumentType<?>> of(Class<?> type) {
        if (type.isEnum()) {
            return Optional.of(choice(type));
        }
        return Optional.ofNullable(KNOWN.get(type));
    }

    private static ArgumentType<Object> choice(Class<?> type) {
        Object[] constants = type.getEnumConstants();
        String names = Arrays.stream(constants)
                .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
                .reduce((a, b) -> a + ", " + b)
                .orElse("");
        return new ArgumentType<>(
                "one of " + names,
                text -> Arrays.stream(constants)
                        .filter(constant -> constant.toString().equalsIgnoreCase(text))
                        .findFirst());
    }

    private static <N> Function<String, Optional<N>> number(Function<String, N> parser) {
        return text -> {
            try {
                return text.length() > LONGEST_NUMBER ? Optional.empty() : Optional.of(parser.apply(text));
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
        };
    }

    private static Optional<Duration> duration(String text) {
        Matcher parts = DURATION.matcher(text.toLowerCase(Locale.ROOT));
        if (text.isEmpty() || !parts.matches()) {
            return Optional.empty();
        }
        return Optional.of(Duration.ofDays(part(parts, 1))
                .plusHours(part(parts, 2))
                .plusMinutes(part(parts, 3))
                .plusSeconds(part(parts, 4)));
    }

    private static long part(Matcher parts, int group) {
        String digits = parts.group(group);
        return digits == null ? 0 : Long.parseLong(digits);
    }
}
