package io.holdfast.simulator;

/** Reads the old parse_mode Markdown: no nesting, and what is not closed is an error. */
final class MarkdownText {

    private final String source;
    private final EntityCollector out = new EntityCollector();
    private int at;

    MarkdownText(String source) {
        this.source = source;
    }

    ParsedText parse() throws ApiException {
        while (at < source.length()) {
            char c = source.charAt(at);
            if (c == '\\' && at + 1 < source.length() && "_*`[".indexOf(source.charAt(at + 1)) >= 0) {
                out.append(source.charAt(at + 1));
                at += 2;
            } else if ("_*`[".indexOf(c) >= 0) {
                markup(c);
            } else {
                out.append(c);
                at++;
            }
        }
        return out.toParsedText();
    }

    private void markup(char c) throws ApiException {
        String mark = c == '`' && source.startsWith("```", at) ? "```" : c == '[' ? "]" : String.valueOf(c);
        String type = switch (mark) {
            case "*" -> "bold";
            case "_" -> "italic";
            case "`" -> "code";
            case "]" -> "text_link";
            default -> "pre";
        };
        int end = source.indexOf(mark, at + mark.length());
        if (end < 0) {
            throw EntityCollector.cannotParse("Can't find end of the entity starting at byte offset "
                    + TextRules.utf8Length(source.substring(0, at)));
        }
        out.open(mark, type, "", at);
        out.append(source.substring(at + mark.length(), end));
        at = end + mark.length();
        out.close(type.equals("text_link") ? url() : "");
    }

    private String url() {
        int end = source.startsWith("(", at) ? source.indexOf(')', at) : -1;
        if (end < 0) {
            return EntityCollector.member("url", "");
        }
        String url = source.substring(at + 1, end);
        at = end + 1;
        return EntityCollector.member("url", url);
    }
}
