package io.holdfast.simulator;

/** Reads parse_mode MarkdownV2: every reserved character must be escaped or be markup. */
final class MarkdownV2Text {

    private static final String RESERVED = "_*[]()~`>#+-=|{}.!";

    private final String source;
    private final EntityCollector out = new EntityCollector();
    private int at;
    private boolean lineStart = true;

    MarkdownV2Text(String source) {
        this.source = source;
    }

    ParsedText parse() throws ApiException {
        while (at < source.length()) {
            char c = source.charAt(at);
            if (c == '\\' && at + 1 < source.length() && source.charAt(at + 1) <= 126) {
                plain(source.charAt(at + 1), 2);
            } else if (isOpen("`") || isOpen("```")) {
                code();
            } else if (RESERVED.indexOf(c) < 0) {
                plain(c, 1);
            } else {
                markup(c);
            }
        }
        if (isOpen(">")) {
            out.close("");
        }
        EntityCollector.Open open = out.innermost();
        if (open != null) {
            throw EntityCollector.cannotParse("Can't find end of %s entity at byte offset %d"
                    .formatted(nameOf(open.type()), bytes(open.sourceOffset())));
        }
        return out.toParsedText();
    }

    private void plain(char c, int width) {
        if (c == '\n' && isOpen(">") && !source.startsWith("\n>", at)) {
            out.close("");
        }
        out.append(c);
        at += width;
        lineStart = c == '\n';
    }

    private void code() {
        EntityCollector.Open open = out.innermost();
        String mark = open == null ? "`" : open.tag();
        if (source.startsWith(mark, at)) {
            out.close("");
            at += mark.length();
        } else {
            plain(source.charAt(at), 1);
        }
    }

    private void markup(char c) throws ApiException {
        switch (c) {
            case '_' -> toggle(source.startsWith("__", at) ? "__" : "_");
            case '*' -> toggle("*");
            case '~' -> toggle("~");
            case '|' -> spoiler();
            case '`' -> openCode();
            case '[' -> open("[", "text_link", 1);
            case ']' -> closeLink();
            case '>' -> quote();
            default -> throw reserved(c);
        }
        lineStart = false;
    }

    private void toggle(String mark) {
        if (isOpen(mark)) {
            out.close("");
            at += mark.length();
        } else if (mark.equals("__") && isOpen("_")) {
            toggle("_");
        } else {
            open(mark, typeOf(mark), mark.length());
        }
    }

    private void spoiler() throws ApiException {
        if (!source.startsWith("||", at)) {
            throw reserved('|');
        }
        toggle("||");
    }

    private void openCode() {
        if (source.startsWith("```", at)) {
            int newline = source.indexOf('\n', at);
            String language = newline < 0 ? "" : source.substring(at + 3, newline);
            boolean named = language.matches("[A-Za-z0-9_+#-]+");
            out.open("```", "pre", named ? EntityCollector.member("language", language) : "", at);
            at = named || newline == at + 3 ? newline + 1 : at + 3;
        } else {
            open("`", "code", 1);
        }
    }

    private void open(String mark, String type, int width) {
        out.open(mark, type, "", at);
        at += width;
    }

    private void closeLink() throws ApiException {
        if (!isOpen("[")) {
            throw reserved(']');
        }
        at++;
        if (!source.startsWith("(", at)) {
            out.close(EntityCollector.member("url", ""));
            return;
        }
        StringBuilder url = new StringBuilder();
        for (at++; at < source.length() && source.charAt(at) != ')'; at++) {
            boolean escaped = source.charAt(at) == '\\' && at + 1 < source.length();
            at += escaped ? 1 : 0;
            url.append(source.charAt(at));
        }
        if (at >= source.length()) {
            throw EntityCollector.cannotParse("Can't find end of a URL at byte offset " + bytes(source.length()));
        }
        at++;
        out.close(EntityCollector.member("url", url.toString()));
    }

    private void quote() throws ApiException {
        if (!lineStart) {
            throw reserved('>');
        }
        if (isOpen(">")) {
            at++;
        } else {
            open(">", "blockquote", 1);
        }
    }

    private boolean isOpen(String mark) {
        EntityCollector.Open open = out.innermost();
        return open != null && open.tag().equals(mark);
    }

    private ApiException reserved(char c) {
        return EntityCollector.cannotParse(
                "Character '" + c + "' is reserved and must be escaped with the preceding '\\'");
    }

    private static String typeOf(String mark) {
        return switch (mark) {
            case "*" -> "bold";
            case "_" -> "italic";
            case "__" -> "underline";
            case "~" -> "strikethrough";
            default -> "spoiler";
        };
    }

    static String nameOf(String type) {
        StringBuilder name = new StringBuilder();
        for (String word : type.split("_", -1)) {
            name.append(Character.toUpperCase(word.charAt(0))).append(word, 1, word.length());
        }
        return name.toString();
    }

    private int bytes(int index) {
        return TextRules.utf8Length(source.substring(0, index));
    }
}
