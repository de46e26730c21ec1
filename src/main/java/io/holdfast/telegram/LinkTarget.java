package io.holdfast.telegram;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which addresses Telegram takes as the target of a link; pure. */
final class LinkTarget {
    private static final int LONGEST = 2048;
    private static final int GREATEST_PORT = 65_535;
    private static final Pattern WEB = Pattern.compile(
            "https?://[\\p{L}\\p{N}_-]++(?:\\.[\\p{L}\\p{N}_-]++)++\\.?(?::([0-9]{1,5}))?(?:[/?#]\\S*+)?",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern APP = Pattern.compile("tg://[a-z0-9-]++(?:[/?#]\\S*+)?", Pattern.CASE_INSENSITIVE);
    private static final String MAIL = "mailto:";

    private LinkTarget() {}

    /** The address as Telegram takes it: http or https with a dot in the name of the host, or tg. */
    static Optional<String> of(String address) {
        String url = address.strip().replace(" ", "%20");
        if (url.length() > LONGEST) {
            return Optional.empty();
        }
        Matcher web = WEB.matcher(url);
        boolean taken = web.matches() ? isPort(web.group(1)) : APP.matcher(url).matches();
        return taken ? Optional.of(url) : Optional.empty();
    }

    /** The address as people read it; Telegram finds a mail address in a text by itself, and takes it in no link. */
    static String shown(String address) {
        return address.regionMatches(true, 0, MAIL, 0, MAIL.length()) ? address.substring(MAIL.length()) : address;
    }

    private static boolean isPort(@Nullable String port) {
        if (port == null) {
            return true;
        }
        int number = Integer.parseInt(port);
        return number > 0 && number <= GREATEST_PORT;
    }
}
