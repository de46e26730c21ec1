package io.holdfast.telegram;

import java.util.List;
import java.util.Random;

/** Texts of a few to some ten thousand units out of marks, words, emoji, broken surrogates and blocks. */
final class RandomMarkdown {
    private static final List<String> PIECES = List.of(
            "*",
            "**",
            "_",
            "__",
            "***",
            "~~",
            "||",
            "`",
            "``",
            "[",
            "](https://a.b/c)",
            "](/x)",
            "![",
            "<b>",
            "&amp;",
            "\\",
            "\n",
            "\n\n",
            "\n- ",
            "\n  - ",
            "\n1. ",
            "\n> ",
            "\n> > ",
            "\n```java\n",
            "\n```\n",
            "\n~~~\n",
            "\n    ",
            "\n# ",
            "\n---\n",
            "\n| a | b |\n|--|--|\n",
            " ",
            "  \n",
            "\t",
            "😀",
            "👩‍👩‍👧",
            "🇩🇪",
            "e\u0301",
            "שלום",
            "\u200F",
            "\uD83D",
            "\uDE00",
            "\0",
            "\r\n",
            "word",
            "Ein Satz. ",
            "x".repeat(300),
            "long words in a row ".repeat(40),
            "```\n" + "code line\n".repeat(100) + "```\n",
            "**" + "bold ".repeat(60) + "end**");

    private final Random random;

    RandomMarkdown(Random random) {
        this.random = random;
    }

    String text() {
        StringBuilder text = new StringBuilder();
        int pieces = 1 << random.nextInt(10);
        for (int i = 0; i < pieces; i++) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
            if (random.nextInt(3) == 0) {
                text.append((char) ('a' + random.nextInt(26)));
            }
        }
        return text.toString();
    }
}
