package io.holdfast.admin;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.OptionalLong;

/** Where the next page of a list begins, as an opaque text that only fits the list it came from. */
final class Cursor {

    private Cursor() {}

    static String of(String list, long position) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((list + ":" + position).getBytes(StandardCharsets.UTF_8));
    }

    static OptionalLong position(String list, String cursor) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            String prefix = list + ":";
            String position = text.startsWith(prefix) ? text.substring(prefix.length()) : "";
            return position.matches("[0-9]{1,18}") ? OptionalLong.of(Long.parseLong(position)) : OptionalLong.empty();
        } catch (IllegalArgumentException e) {
            return OptionalLong.empty();
        }
    }
}
