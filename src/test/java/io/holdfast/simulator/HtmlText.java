package io.holdfast.simulator;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads parse_mode HTML as the Bot API server does, with its complaints. */
final class HtmlText {

    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("b", "bold"),
            Map.entry("strong", "bold"),
            Map.entry("i", "italic"),
            Map.entry("em", "italic"),
            Map.entry("u", "underline"),
            Map.entry("ins", "underline"),
            Map.entry("s", "strikethrough"),
            Map.entry("strike", "strikethrough"),
            Map.entry("del", "strikethrough"),
            Map.entry("code", "code"),
            Map.entry("pre", "pre"),
            Map.entry("tg-spoiler", "spoiler"),
            Map.entry("blockquote", "blockquote"),
            Map.entry("span", "spoiler"),
            Map.entry("a", "text_link"),
            Map.entry("tg-emoji", "custom_emoji"));
    private static final Pattern ATTRIBUTE =
            Pattern.compile("([a-zA-Z-]+)(?:\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)'|([^\\s>]+)))?");
    private static final Pattern REFERENCE = Pattern.compile("&(lt|gt|amp|quot|#[0-9]{1,7}|#x[0-9a-fA-F]{1,6});");

    private final String source;
    private final EntityCollector out = new EntityCollector();
    private int at;

    HtmlText(String source) {
        this.source = source;
    }

    ParsedText parse() throws ApiException {
        while (at < source.length()) {
            char c = source.charAt(at);
            if (c == '<') {
                tag();
            } else if (c == '&') {
                reference();
            } else {
                out.append(c);
                at++;
            }
        }
        EntityCollector.Open open = out.innermost();
        if (open != null) {
            throw EntityCollector.cannotParse("Can't find end tag corresponding to start tag \"" + open.tag() + "\"");
        }
        return out.toParsedText();
    }

    private void reference() {
        Matcher matcher = REFERENCE.matcher(source).region(at, source.length());
        if (!matcher.lookingAt()) {
            out.append('&');
            at++;
            return;
        }
        String name = matcher.group(1);
        out.append(
                switch (name) {
                    case "lt" -> "<";
                    case "gt" -> ">";
                    case "amp" -> "&";
                    case "quot" -> "\"";
                    default -> codePoint(name);
                });
        at = matcher.end();
    }

    private static String codePoint(String name) {
        int code = name.charAt(1) == 'x'
                ? Integer.parseInt(name, 2, name.length(), 16)
                : Integer.parseInt(name, 1, name.length(), 10);
        boolean valid = Character.isValidCodePoint(code) && (code < 0xD800 || code > 0xDFFF) && code != 0;
        return valid ? Character.toString(code) : "";
    }

    private void tag() throws ApiException {
        int start = at;
        int end = source.indexOf('>', start);
        if (end < 0) {
            throw EntityCollector.cannotParse("Unclosed start tag at byte offset " + bytes(start));
        }
        String inside = source.substring(start + 1, end);
        at = end + 1;
        if (inside.startsWith("/")) {
            endTag(inside.substring(1).strip().toLowerCase(Locale.ROOT), start);
        } else {
            startTag(inside, start);
        }
    }

    private void startTag(String inside, int start) throws ApiException {
        Matcher words = ATTRIBUTE.matcher(inside);
        String tag = words.lookingAt() ? words.group(1).toLowerCase(Locale.ROOT) : "";
        String type = TYPES.get(tag);
        if (type == null) {
            throw EntityCollector.cannotParse("Unsupported start tag \"" + tag + "\" at byte offset " + bytes(start));
        }
        String extra = "";
        String found = type;
        while (words.find()) {
            String name = words.group(1).toLowerCase(Locale.ROOT);
            String value = firstPresent(words);
            switch (tag + " " + name) {
                case "a href" -> extra = EntityCollector.member("url", value);
                case "code class" -> found = languageOfPre(value) ? "" : found;
                case "tg-emoji emoji-id" -> extra = EntityCollector.member("custom_emoji_id", value);
                case "blockquote expandable" -> found = "expandable_blockquote";
                default -> {}
            }
        }
        if (tag.equals("span") && !inside.contains("tg-spoiler")) {
            throw EntityCollector.cannotParse(
                    "Tag \"span\" must have class \"tg-spoiler\" at byte offset " + bytes(start));
        }
        out.open(tag, tag.equals("a") && extra.isEmpty() ? "" : found, extra, start);
    }

    /** {@code <pre><code class="language-x">} is one entity: the inner one tells the outer its language. */
    private boolean languageOfPre(String value) {
        EntityCollector.Open outer = out.innermost();
        if (outer == null
                || !outer.tag().equals("pre")
                || !value.startsWith("language-")
                || outer.offset() != out.length()) {
            return false;
        }
        out.close("");
        out.open("pre", "pre", EntityCollector.member("language", value.substring(9)), outer.sourceOffset());
        return true;
    }

    private static String firstPresent(Matcher words) {
        for (int group = 2; group <= 4; group++) {
            if (words.group(group) != null) {
                return words.group(group);
            }
        }
        return "";
    }

    private void endTag(String tag, int start) throws ApiException {
        EntityCollector.Open open = out.innermost();
        if (open == null) {
            throw EntityCollector.cannotParse("Unexpected end tag at byte offset " + bytes(start));
        }
        if (!tag.isEmpty() && !tag.equals(open.tag())) {
            throw EntityCollector.cannotParse("Unmatched end tag at byte offset %d, expected \"</%s>\", found \"</%s>\""
                    .formatted(bytes(start), open.tag(), tag));
        }
        out.close("");
    }

    private int bytes(int index) {
        return TextRules.utf8Length(source.substring(0, index));
    }
}
