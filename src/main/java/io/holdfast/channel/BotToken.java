package io.holdfast.channel;

import io.holdfast.kernel.BotId;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A bot's credential; its text form never shows it.
 *
 * <p>The form is that of Telegram's server, narrowed to what BotFather gives out: digits, a colon, 30 to 64 url-safe
 * characters.
 */
public final class BotToken {
    private static final Pattern FORM = Pattern.compile("^([1-9][0-9]{5,15}):[A-Za-z0-9_-]{30,64}$");

    private final BotId bot;
    private final String secret;

    private BotToken(BotId bot, String secret) {
        this.bot = bot;
        this.secret = secret;
    }

    /** The token, or empty where the text does not have a token's form. */
    public static Optional<BotToken> parse(String text) {
        var matcher = FORM.matcher(text);
        return matcher.matches()
                ? Optional.of(new BotToken(new BotId(Long.parseLong(matcher.group(1))), text))
                : Optional.empty();
    }

    public BotId bot() {
        return bot;
    }

    /** The credential itself: for the vault and for the path of a call, nothing else. */
    public String reveal() {
        return secret;
    }

    @Override
    public String toString() {
        return "BotToken[" + bot + ":…]";
    }
}
