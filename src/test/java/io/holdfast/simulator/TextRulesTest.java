package io.holdfast.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextRulesTest {

    private static final String EMOJI = "\uD83D\uDE00";

    private final Stage stage = Stage.open();

    @AfterEach
    void close() {
        stage.close();
    }

    private String refusal(String text, String members) {
        return stage.send(stage.chat(), text, members).description();
    }

    @Test
    void length_is_counted_in_utf16_units_after_parsing() {
        assertThat(refusal("a".repeat(4096), "")).isEmpty();
        assertThat(refusal("a".repeat(4097), "")).isEqualTo("Bad Request: message is too long");
        assertThat(refusal(EMOJI.repeat(2048), "")).isEmpty();
        assertThat(refusal(EMOJI.repeat(2049), "")).isEqualTo("Bad Request: message is too long");
        assertThat(refusal("<b>" + "a".repeat(4096) + "</b>", ",\"parse_mode\":\"HTML\""))
                .isEmpty();
    }

    @Test
    void the_raw_text_may_have_32_kib() {
        String link = "<a href=\"http://x/" + "y".repeat(33_000) + "\">z</a>";
        assertThat(refusal(link, ",\"parse_mode\":\"HTML\"")).isEqualTo("Bad Request: message is too long");
    }

    @Test
    void nothing_but_white_space_is_empty() {
        assertThat(refusal(" \n\t ", "")).isEqualTo("Bad Request: message text is empty");
        assertThat(refusal("<b> </b>", ",\"parse_mode\":\"HTML\"")).isEqualTo("Bad Request: message text is empty");
    }

    @Test
    void lone_surrogates_are_refused() {
        String json = "{\"chat_id\":" + stage.chat().id() + ",\"text\":\"a\\ud83d\"}";
        assertThat(stage.call("sendMessage", json).description())
                .isEqualTo("Bad Request: strings must be encoded in UTF-8");
    }

    @ParameterizedTest
    @CsvSource({"0,2,true", "0,3,true", "3,1,false", "1,2,false", "0,1,false", "-1,1,false", "0,0,false", "2,1,true"})
    void entities_stay_inside_the_text_and_split_no_pair(int offset, int length, boolean fits) {
        String entity = ",\"entities\":[{\"type\":\"bold\",\"offset\":" + offset + ",\"length\":" + length + "}]";
        String refusal = refusal(EMOJI + "x", entity);
        if (fits) {
            assertThat(refusal).isEmpty();
        } else {
            assertThat(refusal).startsWith("Bad Request: can't parse entities");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<b>x | Can't find end tag corresponding to start tag \"b\"",
                "x</b> | Unexpected end tag at byte offset 1",
                "<b>x</i> | Unmatched end tag at byte offset 4, expected \"</b>\", found \"</i>\"",
                "é<div>x | Unsupported start tag \"div\" at byte offset 2",
                "1 < 2 | Unclosed start tag at byte offset 2"
            })
    void broken_html_is_refused_with_the_place(String html, String reason) {
        assertThat(refusal(html, ",\"parse_mode\":\"HTML\"")).isEqualTo("Bad Request: can't parse entities: " + reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a.b | Character '.' is reserved and must be escaped with the preceding '\\'",
                "*bold | Can't find end of Bold entity at byte offset 0",
                "x `code | Can't find end of Code entity at byte offset 2"
            })
    void broken_markdown_is_refused(String markdown, String reason) {
        assertThat(refusal(markdown, ",\"parse_mode\":\"MarkdownV2\""))
                .isEqualTo("Bad Request: can't parse entities: " + reason);
    }

    @Test
    void html_becomes_entities_in_utf16_units() {
        var result = stage.send(
                        stage.chat(),
                        EMOJI + " <b>a<i>b</i></b> &lt;&#233; <pre><code class=\"language-java\">x</code></pre>",
                        ",\"parse_mode\":\"html\"")
                .result();
        assertThat(result.path("text").asText()).isEqualTo(EMOJI + " ab <é x");
        assertThat(result.path("entities"))
                .hasToString(
                        "[{\"offset\":3,\"length\":2,\"type\":\"bold\"},{\"offset\":4,\"length\":1,\"type\":\"italic\"},"
                                + "{\"offset\":9,\"length\":1,\"type\":\"pre\",\"language\":\"java\"}]");
    }

    @Test
    void markdown_becomes_entities_too() {
        var result = stage.send(
                        stage.chat(),
                        "*b _i_* __u__ ~s~ ||p|| `c.` [l](http://x/\\)) \\.\n>q\n>r\nend",
                        ",\"parse_mode\":\"MarkdownV2\"")
                .result();
        assertThat(result.path("text").asText()).isEqualTo("b i u s p c. l .\nq\nr\nend");
        assertThat(result.path("entities").findValuesAsText("type"))
                .containsExactly(
                        "bold", "italic", "underline", "strikethrough", "spoiler", "code", "text_link", "blockquote");
        assertThat(result.path("entities").findValuesAsText("url")).containsExactly("http://x/)");
    }

    @Test
    void old_markdown_and_unknown_modes() {
        assertThat(stage.send(stage.chat(), "*a* [b](http://x/)", ",\"parse_mode\":\"Markdown\"")
                        .result()
                        .path("text")
                        .asText())
                .isEqualTo("a b");
        assertThat(refusal("_a", ",\"parse_mode\":\"Markdown\"")).contains("Can't find end of the entity");
        assertThat(refusal("a", ",\"parse_mode\":\"RTF\"")).isEqualTo("Bad Request: unsupported parse_mode");
    }

    @Test
    void white_space_at_the_ends_is_cut_and_entities_move_along() {
        var result = stage.send(stage.chat(), "  <b> hi </b> ", ",\"parse_mode\":\"HTML\"")
                .result();
        assertThat(result.path("text").asText()).isEqualTo("hi");
        assertThat(result.path("entities").path(0).path("length").asInt()).isEqualTo(2);
    }
}
