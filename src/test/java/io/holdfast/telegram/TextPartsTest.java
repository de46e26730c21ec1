package io.holdfast.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextPartsTest {

    @Test
    void a_text_is_cut_between_paragraphs_before_lines_before_sentences_before_words() {
        String half = "x".repeat(3000);
        for (String gap : List.of("\n\n", "\n", ". ", " ")) {
            String worse = " ".equals(gap) ? "" : "y y. y\ny".substring(0, "y y. y\ny".indexOf(gap.charAt(0)) + 1);
            List<RichText> parts = split(RichText.plain(half + gap + worse.strip() + "z".repeat(3000)));
            assertThat(parts.getFirst().text()).as(gap).isEqualTo((half + gap).stripTrailing());
        }
        String text = "a".repeat(2100) + "\n\n" + "b".repeat(500) + "\n" + "c".repeat(500) + ". " + "d ".repeat(2000);
        assertThat(split(RichText.plain(text)).getFirst().text()).isEqualTo("a".repeat(2100));
    }

    @Test
    void what_people_see_as_one_character_is_never_cut() {
        for (String one : List.of("😀", "👩‍👩‍👧‍👦", "🇩🇪", "e\u0301\u0323", "👍🏽")) {
            for (int shift = 0; shift < one.length(); shift++) {
                String text = "x".repeat(shift) + one.repeat(9000 / one.length());
                List<RichText> parts = split(RichText.plain(text));
                assertThat(joined(parts)).isEqualTo(text);
                assertThat(parts.subList(1, parts.size()))
                        .allMatch(part -> part.text().startsWith(one));
            }
        }
    }

    @Test
    void one_character_longer_than_a_message_is_cut_all_the_same() {
        String text = "e" + "\u0301".repeat(9000);
        assertThat(joined(split(RichText.plain(text)))).isEqualTo(text);
    }

    @Test
    void an_entity_that_fits_into_a_part_is_not_cut() {
        String source = "word ".repeat(700) + "\n\n```\n" + "a line of code\n".repeat(200) + "```\n\nend";
        List<RichText> parts = split(Markdown.render(source));
        assertThat(parts).hasSize(2);
        assertThat(parts.getFirst().entities()).isEmpty();
        assertThat(parts.getLast().entities()).singleElement().satisfies(pre -> {
            assertThat(pre.offset()).isZero();
            assertThat(pre.length()).isEqualTo(200 * 15 - 1);
        });
    }

    @Test
    void a_block_of_code_longer_than_a_part_is_cut_between_lines_and_keeps_its_language() {
        String source = "```java\n" + "    int number = 1;\n".repeat(500) + "```";
        List<RichText> parts = split(Markdown.render(source));
        assertThat(parts).hasSize(3).allSatisfy(part -> {
            assertThat(part.text()).startsWith("    int").endsWith("1;");
            assertThat(part.entities())
                    .containsExactly(
                            new TextEntity(TextStyle.PRE, 0, part.text().length(), "java"));
        });
    }

    @Test
    void a_long_bold_text_is_bold_in_every_part() {
        List<RichText> parts = split(Markdown.render("**" + "word ".repeat(2000).strip() + "**"));
        assertThat(parts)
                .hasSize(3)
                .allSatisfy(part -> assertThat(part.entities())
                        .containsExactly(
                                new TextEntity(TextStyle.BOLD, 0, part.text().length(), "")));
    }

    @Test
    void a_part_has_at_most_a_hundred_entities() {
        List<RichText> parts = split(Markdown.render("> " + "**a** ".repeat(450)));
        assertThat(parts).hasSize(5).allMatch(part -> part.entities().size() <= 100);
        assertThat(parts.stream().mapToInt(part -> part.entities().size()).sum())
                .isEqualTo(455);
    }

    @Test
    void a_part_of_white_space_alone_is_not_sent() {
        assertThat(split(RichText.plain("x".repeat(4096) + "\n\n" + " ".repeat(9000) + "y")))
                .extracting(RichText::text)
                .containsExactly("x".repeat(4096), "y");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 20_261_123})
    void parts_of_any_markdown_are_sendable_and_lose_nothing(long seed) {
        RandomMarkdown random = new RandomMarkdown(new Random(seed));
        for (int i = 0; i < 150; i++) {
            String source = CleanText.of(random.text());
            RichText whole = Markdown.render(source);
            if (whole.isBlank()) {
                assertThat(split(whole)).isEmpty();
                continue;
            }
            SendableText.check(whole, Integer.MAX_VALUE);
            List<RichText> parts = split(whole);
            parts.forEach(part -> SendableText.check(part, 100));
            assertThat(withoutSpace(joined(parts)))
                    .as("seed %d, text %d", seed, i)
                    .isEqualTo(withoutSpace(whole.text()));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\0", "\uD83D", "\uDE00\uD83D", "\u202E\u200F", "\r", "<!-- ", "[a](", "`a``", "*_|~", "\t- "})
    void a_megabyte_of_anything_becomes_sendable_parts(String piece) {
        String text = ("a" + piece).repeat(1_000_000 / (piece.length() + 1));
        for (ComposedText composed : List.of(ComposedText.plain(text), ComposedText.markdown(text))) {
            assertThat(composed.parts()).hasSizeBetween(1, 5).allSatisfy(part -> SendableText.check(part, 100));
            assertThat(composed.file()).isNotNull();
        }
        String shorter = text.substring(0, 30_000);
        ComposedText.markdown(shorter).parts().forEach(part -> SendableText.check(part, 100));
    }

    @Test
    void a_file_that_would_be_too_long_ends_with_a_line_that_says_so() {
        TextFile file = Objects.requireNonNull(
                ComposedText.plain("x".repeat(TextFile.LONGEST + 9)).file());
        assertThat(file.text()).endsWith("x\n… Cut here: 4194304 of 4194313 characters.\n");
    }

    private static List<RichText> split(RichText whole) {
        return TextSplitter.split(whole, Integer.MAX_VALUE);
    }

    private static String joined(List<RichText> parts) {
        return parts.stream().map(RichText::text).collect(Collectors.joining());
    }

    private static String withoutSpace(String text) {
        return text.replaceAll("[ \n\t]", "");
    }
}
