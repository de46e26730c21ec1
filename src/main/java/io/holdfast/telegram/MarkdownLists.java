package io.holdfast.telegram;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import org.commonmark.node.ListBlock;
import org.commonmark.node.OrderedList;
import org.jspecify.annotations.Nullable;

/** The lists that are open in a document, with their marks and indentation. */
final class MarkdownLists {
    private static final String BULLET = "• ";

    private static final class Open {
        private final boolean tight;
        private final boolean ordered;
        private final String delimiter;
        private long number;

        Open(ListBlock list) {
            tight = list.isTight();
            ordered = list instanceof OrderedList;
            if (list instanceof OrderedList numbers) {
                number = Objects.requireNonNullElse(numbers.getMarkerStartNumber(), 1);
                delimiter = Objects.requireNonNullElse(numbers.getMarkerDelimiter(), ".");
            } else {
                delimiter = "";
            }
        }

        String mark() {
            return ordered ? number++ + delimiter + " " : BULLET;
        }
    }

    private final Deque<Open> lists = new ArrayDeque<>();
    private final StringBuilder indentation = new StringBuilder();

    void enter(ListBlock list) {
        lists.push(new Open(list));
    }

    void leave() {
        lists.pop();
    }

    /** The mark of the next item; what follows in it is indented. */
    String enterItem() {
        Open list = lists.element();
        indentation.append(list.ordered ? "   " : "  ");
        return list.mark();
    }

    void leaveItem() {
        indentation.setLength(indentation.length() - (lists.element().ordered ? 3 : 2));
    }

    String indentation() {
        return indentation.toString();
    }

    /** True where blocks follow one another without an empty line. */
    boolean isTight() {
        @Nullable Open list = lists.peek();
        return list != null && list.tight;
    }
}
