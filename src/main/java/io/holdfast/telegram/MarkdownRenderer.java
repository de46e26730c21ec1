package io.holdfast.telegram;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.regex.Pattern;
import org.commonmark.ext.gfm.strikethrough.Strikethrough;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.Code;
import org.commonmark.node.Emphasis;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.ListBlock;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;
import org.commonmark.node.ThematicBreak;
import org.jspecify.annotations.Nullable;

/**
 * Writes the nodes of a document as they are entered and left. A line of the source stays a line: in a chat that is what people
 * mean, and tables and verses stay readable.
 */
final class MarkdownRenderer {
    private static final String LINE = "———";
    private static final String TAB = "    ";
    private static final Pattern EMPTY_LINES = Pattern.compile("^(?:[ \\t]*+\n)++");

    private final RichTextBuilder out = new RichTextBuilder();
    private final MarkdownLists lists = new MarkdownLists();
    /** Where the texts of the links begin that are open. */
    private final Deque<Integer> links = new ArrayDeque<>();
    /** Line ends that are due before the next block. */
    private int breaks;

    RichText rendered() {
        return out.build();
    }

    void enter(Node node) {
        switch (node) {
            case Text text -> out.append(text.getLiteral());
            case SoftLineBreak soft -> newLine();
            case HardLineBreak hard -> newLine();
            case Code code -> out.code(TextStyle.CODE, "", code.getLiteral());
            case Emphasis emphasis -> out.open(TextStyle.ITALIC, "");
            case StrongEmphasis strong -> out.open(TextStyle.BOLD, "");
            case Strikethrough struck -> out.open(TextStyle.STRIKETHROUGH, "");
            case Spoiler spoiler -> out.open(TextStyle.SPOILER, "");
            case Link link -> openLink(link.getDestination());
            case Image image -> openLink(image.getDestination());
            case HtmlInline html -> out.append(html.getLiteral());
            default -> enterBlock(node);
        }
    }

    private void enterBlock(Node node) {
        switch (node) {
            case Paragraph paragraph -> startBlock();
            case Heading heading -> {
                startBlock();
                out.open(TextStyle.BOLD, "");
            }
            case BlockQuote quote -> {
                startBlock();
                out.open(TextStyle.BLOCKQUOTE, "");
            }
            case FencedCodeBlock code -> block(code.getLiteral(), language(code.getInfo()));
            case IndentedCodeBlock code -> block(code.getLiteral(), "");
            case HtmlBlock html -> {
                startBlock();
                html.getLiteral().stripTrailing().lines().forEach(this::htmlLine);
            }
            case ThematicBreak line -> {
                startBlock();
                out.append(LINE);
            }
            case ListBlock list -> lists.enter(list);
            case ListItem item -> {
                startBlock();
                out.append(lists.enterItem());
            }
            default -> {} // the document, definitions of links: nothing of them is shown
        }
    }

    void leave(Node node) {
        switch (node) {
            case Emphasis emphasis -> out.close();
            case StrongEmphasis strong -> out.close();
            case Strikethrough struck -> out.close();
            case Spoiler spoiler -> out.close();
            case Link link -> closeLink(link.getDestination());
            case Image image -> closeLink(image.getDestination());
            case Heading heading -> closeBlock();
            case BlockQuote quote -> closeBlock();
            case ListItem item -> {
                lists.leaveItem();
                endBlock();
            }
            case ListBlock list -> {
                lists.leave();
                endBlock();
            }
            case Paragraph paragraph -> endBlock();
            case FencedCodeBlock code -> endBlock();
            case IndentedCodeBlock code -> endBlock();
            case HtmlBlock html -> endBlock();
            case ThematicBreak line -> endBlock();
            default -> {} // text
        }
    }

    private void startBlock() {
        if (breaks > 0) {
            out.append("\n".repeat(breaks)).append(lists.indentation());
            breaks = 0;
        }
    }

    private void endBlock() {
        breaks = lists.isTight() ? 1 : 2;
    }

    private void closeBlock() {
        out.close();
        endBlock();
    }

    private void newLine() {
        out.append("\n").append(lists.indentation());
    }

    private void htmlLine(String line) {
        if (breaks > 0) {
            newLine();
        }
        out.append(line);
        breaks = 1;
    }

    private void block(String code, String language) {
        startBlock();
        String lines = EMPTY_LINES.matcher(code.stripTrailing()).replaceFirst("");
        // Telegram makes one space of a tab.
        out.code(TextStyle.PRE, language, lines.replace("\t", TAB));
    }

    /** The first word of what stands behind the fence. */
    private static String language(@Nullable String info) {
        String word = info == null ? "" : info.strip().split("\\s", 2)[0];
        return word.length() > 32 ? "" : word;
    }

    private void openLink(String address) {
        links.push(out.length());
        Optional<String> target = LinkTarget.of(address);
        if (target.isPresent()) {
            out.open(TextStyle.TEXT_LINK, target.get());
        }
    }

    /** An address that Telegram takes in no link stands behind its text, one without a text is the text. */
    private void closeLink(String address) {
        String shown = out.since(links.pop());
        String readable = LinkTarget.shown(address);
        boolean linked = LinkTarget.of(address).isPresent();
        if (shown.isBlank()) {
            out.append(readable);
        } else if (!linked && !readable.isBlank() && !shown.contains(readable)) {
            out.append(" (" + readable + ")");
        }
        if (linked) {
            out.close();
        }
    }
}
