package io.holdfast.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The headers of one HTTP message; names are lower case, lookups linear because there are few. */
final class HttpHeaders {

    private final List<String> pairs = new ArrayList<>(20);

    void add(String name, String value) {
        pairs.add(name.toLowerCase(Locale.ROOT));
        pairs.add(value);
    }

    @Nullable
    String get(String lowerCaseName) {
        for (int i = 0; i < pairs.size(); i += 2) {
            if (pairs.get(i).equals(lowerCaseName)) {
                return pairs.get(i + 1);
            }
        }
        return null;
    }

    boolean has(String lowerCaseName, String token) {
        String value = get(lowerCaseName);
        return value != null && value.toLowerCase(Locale.ROOT).contains(token);
    }
}
