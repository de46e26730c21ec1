package io.holdfast.telegram;

import org.commonmark.node.CustomNode;
import org.commonmark.node.Node;
import org.commonmark.node.Nodes;
import org.commonmark.parser.delimiter.DelimiterProcessor;
import org.commonmark.parser.delimiter.DelimiterRun;

/** Text that is hidden until it is touched: {@code ||text||}. */
final class Spoiler extends CustomNode {

    /** Two bars on either side, flanked as emphasis is: {@code a || b} hides nothing. */
    static final class Bars implements DelimiterProcessor {
        private static final int BARS = 2;

        @Override
        public char getOpeningCharacter() {
            return '|';
        }

        @Override
        public char getClosingCharacter() {
            return '|';
        }

        @Override
        public int getMinLength() {
            return BARS;
        }

        @Override
        public int process(DelimiterRun opening, DelimiterRun closing) {
            if (opening.length() < BARS || closing.length() < BARS) {
                return 0;
            }
            Spoiler spoiler = new Spoiler();
            for (Node node : Nodes.between(opening.getOpener(), closing.getCloser())) {
                spoiler.appendChild(node);
            }
            opening.getOpener().insertAfter(spoiler);
            return BARS;
        }
    }
}
