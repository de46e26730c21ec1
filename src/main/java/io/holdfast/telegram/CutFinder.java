package io.holdfast.telegram;

import java.text.BreakIterator;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;

/** Finds the best place to cut between two places of a text, the second of them if there is none. */
final class CutFinder {
    private static final String SENTENCE_ENDS = ".!?…。！？";
    /** What stands behind the limit decides whether a character ends there; longer ones are cut as they come. */
    private static final int LOOK_AHEAD = 64;

    private final String text;
    private final int from;
    private final int limit;
    private final BitSet inside = new BitSet();
    private final BitSet insideCode = new BitSet();
    private final BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);

    CutFinder(RichText whole, int from, int limit) {
        this.text = whole.text();
        this.from = from;
        this.limit = limit;
        characters.setText(text.substring(from, Math.min(text.length(), limit + LOOK_AHEAD)));
        for (TextEntity entity : whole.entities()) {
            if (entity.offset() < limit && entity.end() > from) {
                note(entity);
            }
        }
    }

    /** An entity that can lie in one part is not cut; one that cannot is, though code and links only where nothing else helps. */
    private void note(TextEntity entity) {
        int first = Math.max(entity.offset(), from) + 1;
        boolean fits = entity.offset() > from ? entity.length() <= TextSplitter.LONGEST : entity.end() <= limit;
        if (fits && first < entity.end()) {
            inside.set(first, entity.end());
            if (entity.style() == TextStyle.CODE || entity.style() == TextStyle.TEXT_LINK) {
                insideCode.set(first, entity.end());
            }
        }
    }

    int cut() {
        List<IntPredicate> kinds = List.of(this::endsParagraph, this::endsLine, this::endsSentence, this::endsWord);
        int half = from + (limit - from) / 2;
        for (IntPredicate kind : kinds) {
            int at = last(half, p -> kind.test(p) && !inside.get(p));
            if (at > from) {
                return at;
            }
        }
        List<IntPredicate> worse = List.of(
                p -> endsWord(p) && !inside.get(p),
                p -> !inside.get(p),
                p -> endsLine(p) && !insideCode.get(p),
                p -> endsWord(p) && !insideCode.get(p),
                p -> !insideCode.get(p),
                p -> true);
        for (IntPredicate kind : worse) {
            int at = last(from + 1, kind);
            if (at > from) {
                return at;
            }
        }
        boolean pair = Character.isSurrogatePair(text.charAt(limit - 1), text.charAt(limit));
        return pair && limit - 1 > from ? limit - 1 : limit;
    }

    private int last(int lowest, IntPredicate good) {
        for (int at = limit; at >= lowest; at--) {
            if (good.test(at) && characters.isBoundary(at - from)) {
                return at;
            }
        }
        return from;
    }

    private boolean endsParagraph(int at) {
        return text.startsWith("\n\n", at) || text.startsWith("\n\n", at - 2);
    }

    private boolean endsLine(int at) {
        return text.charAt(at) == '\n' || text.charAt(at - 1) == '\n';
    }

    private boolean endsSentence(int at) {
        return Character.isWhitespace(text.charAt(at)) && SENTENCE_ENDS.indexOf(text.charAt(at - 1)) >= 0;
    }

    private boolean endsWord(int at) {
        return Character.isWhitespace(text.charAt(at)) || Character.isWhitespace(text.charAt(at - 1));
    }
}
