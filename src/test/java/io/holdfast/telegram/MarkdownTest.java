package io.holdfast.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Entities are written as {@code type[what it covers]}, with {@code =} before an address or a language. */
class MarkdownTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '¦',
            quoteCharacter = '"',
            ignoreLeadingAndTrailingWhitespace = true,
            value = {
                "plain ¦ plain ¦ ''",
                "**b** _i_ ~~s~~ ||h|| ¦ b i s h ¦ bold[b] italic[i] strikethrough[s] spoiler[h]",
                "**a *b* c** ¦ a b c ¦ bold[a b c] italic[b]",
                "***both*** ¦ both ¦ bold[both] italic[both]",
                "**a **b** c** ¦ a b c ¦ bold[a b c]",
                "x `a*b*` y ¦ x a*b* y ¦ code[a*b*]",
                "**a `b` c** ¦ a b c ¦ bold[a] code[b] bold[c]",
                "||a **b `c`**|| ¦ a b c ¦ spoiler[a b] bold[b] code[c]",
                "[`c`](https://a.b) ¦ c ¦ text_link=https://a.b[c]",
                "[**t**](https://a.b/x_(y)?q#f) ¦ t ¦ text_link=https://a.b/x_(y)?q#f[t] bold[t]",
                "[t](tg://user?id=7) ¦ t ¦ text_link=tg://user?id=7[t]",
                "[t](javascript:alert(1)) ¦ t (javascript:alert(1)) ¦ ''",
                "[t](/docs) ¦ t (/docs) ¦ ''",
                "[t](http://localhost:9080/x) ¦ t (http://localhost:9080/x) ¦ ''",
                "[t](https://a.b:99999) ¦ t (https://a.b:99999) ¦ ''",
                "[t](https://u@a.b) ¦ t (https://u@a.b) ¦ ''",
                "[t](<https://a.b/c d>) ¦ t ¦ text_link=https://a.b/c%20d[t]",
                "[](https://a.b) ¦ https://a.b ¦ text_link=https://a.b[https://a.b]",
                "<https://a.b> ¦ https://a.b ¦ text_link=https://a.b[https://a.b]",
                "<me@a.b> [write](mailto:me@a.b) ¦ me@a.b write (me@a.b) ¦ ''",
                "![alt](https://a.b/c.png) ¦ alt ¦ text_link=https://a.b/c.png[alt]",
                "[![alt](https://a.b/c.png)](https://d.e) ¦ alt ¦ text_link=https://d.e[alt]",
                "a <b>c</b> &amp; &lt; ¦ a <b>c</b> & < ¦ ''",
                "<div>\\nx\\n</div> ¦ <div>\\nx\\n</div> ¦ ''",
                "\\*a\\* ¦ *a* ¦ ''",
                "# One #\\ntwo ¦ One\\n\\ntwo ¦ bold[One]",
                "# A **b** ¦ A b ¦ bold[A b]",
                "# A `b` ¦ A b ¦ bold[A] code[b]",
                "one\\ntwo  \\nthree\\\\\\nfour ¦ one\\ntwo\\nthree\\nfour ¦ ''",
                "a\\n\\n\\n\\nb ¦ a\\n\\nb ¦ ''",
                "- a\\n- b\\n  - c\\n- d ¦ • a\\n• b\\n  • c\\n• d ¦ ''",
                "3. a\\n   more\\n4. b ¦ 3. a\\n   more\\n4. b ¦ ''",
                "1) a\\n\\n1) b ¦ 1) a\\n\\n2) b ¦ ''",
                "- a\\n\\n  p\\n- b ¦ • a\\n\\n  p\\n\\n• b ¦ ''",
                "- **a**\\n- x ¦ • a\\n• x ¦ bold[a]",
                "a\\n\\n---\\n\\nb ¦ a\\n\\n———\\n\\nb ¦ ''",
                "> a\\n> b\\n\\nc ¦ a\\nb\\n\\nc ¦ blockquote[a\\nb]",
                "> a\\n> > b ¦ a\\n\\nb ¦ blockquote[a\\n\\nb]",
                "> **a** `b` ¦ a b ¦ blockquote[a b] bold[a] code[b]",
                "```java x\\n\\tint i;\\n\\n```\\nz ¦ \\s\\s\\s\\sint i;\\n\\nz ¦ pre=java[\\s\\s\\s\\sint i;]",
                "a\\n\\n\\s\\s\\s\\scode ¦ a\\n\\ncode ¦ pre[code]",
                "- a\\n  ```\\n  x\\n  y\\n  ``` ¦ • a\\n  x\\ny ¦ pre[x\\ny]",
                "| a | b |\\n|---|---|\\n| 1 | 2 | ¦ | a | b |\\n|---|---|\\n| 1 | 2 | ¦ ''",
                "a || b, c|d, ~1~ ¦ a || b, c|d, ~1~ ¦ ''",
                "a||b||c |||d||| ¦ abc |d| ¦ spoiler[b] spoiler[d]",
                "[x]: https://a.b ¦ [x]: https://a.b ¦ ''",
                "😀 **👩‍👩‍👧** `é` _x_ ¦ 😀 👩‍👩‍👧 é x ¦ bold[👩‍👩‍👧] code[é] italic[x]",
                "‏**שלום** x ¦ ‏שלום x ¦ bold[שלום]",
                "**** __ `` ``` ¦ **** __ `` ``` ¦ ''",
            })
    void markdown_becomes_text_and_entities(String source, String text, String entities) {
        RichText rendered = Markdown.render(CleanText.of(raw(source)));
        assertThat(rendered.text()).isEqualTo(raw(text));
        assertThat(shown(rendered)).isEqualTo(raw(entities.equals("''") ? "" : entities));
    }

    @Test
    void ten_thousand_nested_marks_are_rendered() {
        for (String mark : new String[] {"*", "_", "**", "[", "![", "> ", "- ", "||", "~~", "`", "<", "](", "*a "}) {
            String source = mark.repeat(10_000 / mark.length()) + "x" + mark.repeat(10_000 / mark.length());
            RichText rendered = Markdown.render(source);
            assertThat(rendered.text()).as(mark).contains("x");
        }
    }

    private static String shown(RichText rendered) {
        return rendered.entities().stream()
                .map(e -> e.style().type()
                        + (e.detail().isEmpty() ? "" : "=" + e.detail())
                        + "[" + rendered.text().substring(e.offset(), e.end()) + "]")
                .collect(Collectors.joining(" "));
    }

    private static String raw(String cell) {
        return cell.replace("\\\\\\n", "\\\n")
                .replace("\\n", "\n")
                .replace("\\t", "\t")
                .replace("\\s", " ");
    }
}
