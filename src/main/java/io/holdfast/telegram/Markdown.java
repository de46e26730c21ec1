package io.holdfast.telegram;

import java.util.List;
import org.commonmark.ext.gfm.strikethrough.StrikethroughExtension;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.jspecify.annotations.Nullable;

/**
 * CommonMark with strikethrough and spoiler, as a text with styles; pure, safe for many threads.
 *
 * <p>Any text is Markdown, so nothing fails. Nesting is bounded, deeper marks are text; the tree is walked without recursion.
 * Time grows with the square of the length at worst, so the caller bounds that.
 */
final class Markdown {
    private static final int DEEPEST = 32;

    private static final Parser PARSER = Parser.builder()
            .extensions(List.of(
                    StrikethroughExtension.builder().requireTwoTildes(true).build()))
            .customDelimiterProcessor(new Spoiler.Bars())
            .maxOpenBlockParsers(DEEPEST)
            .maxInlineNesting(DEEPEST)
            .build();

    private Markdown() {}

    /** {@code source} is a {@link CleanText}. What would show nothing at all is shown as it was written. */
    static RichText render(String source) {
        MarkdownRenderer renderer = new MarkdownRenderer();
        @Nullable Node node = PARSER.parse(source);
        while (node != null) {
            renderer.enter(node);
            node = node.getFirstChild() != null ? node.getFirstChild() : after(node, renderer);
        }
        RichText rendered = renderer.rendered();
        return rendered.isBlank() ? RichText.plain(source).slice(0, source.length()) : rendered;
    }

    /** Leaves the node, and all that end with it. */
    private static @Nullable Node after(Node node, MarkdownRenderer renderer) {
        Node at = node;
        renderer.leave(at);
        while (at.getNext() == null && at.getParent() != null) {
            at = at.getParent();
            renderer.leave(at);
        }
        return at.getNext();
    }
}
