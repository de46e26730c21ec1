package io.holdfast.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** What Telegram's documentation asks of a text and its entities. */
final class SendableText {
    private SendableText() {}

    static void check(RichText part, int mostEntities) {
        String text = part.text();
        if (mostEntities <= TextSplitter.MOST_ENTITIES) {
            assertThat(text.length()).isBetween(1, 4096);
        }
        assertThat(text).doesNotContainPattern("^\n|[ \n\t]$");
        assertThat(text.codePoints()).noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
        List<TextEntity> entities = part.entities();
        assertThat(entities).hasSizeLessThanOrEqualTo(mostEntities).isSortedAccordingTo(TextEntity.ORDER);
        for (int i = 0; i < entities.size(); i++) {
            TextEntity entity = entities.get(i);
            assertThat(entity.offset()).isNotNegative();
            assertThat(entity.end()).isLessThanOrEqualTo(text.length());
            assertThat(text.substring(entity.offset(), entity.end()))
                    .isNotBlank()
                    .doesNotEndWith(" ");
            assertThat(splitsPair(text, entity.offset()) || splitsPair(text, entity.end()))
                    .isFalse();
            for (TextEntity later : entities.subList(i + 1, entities.size())) {
                if (later.offset() >= entity.end()) {
                    break;
                }
                checkNesting(entity, later);
            }
        }
    }

    private static void checkNesting(TextEntity outer, TextEntity inner) {
        assertThat(inner.end()).as("%s in %s", inner, outer).isLessThanOrEqualTo(outer.end());
        assertThat(outer.style()).isNotIn(TextStyle.CODE, TextStyle.PRE).isNotEqualTo(inner.style());
        if (inner.style() == TextStyle.CODE || inner.style() == TextStyle.PRE) {
            assertThat(outer.style()).isEqualTo(TextStyle.BLOCKQUOTE);
        }
    }

    private static boolean splitsPair(String text, int at) {
        return at > 0 && at < text.length() && Character.isSurrogatePair(text.charAt(at - 1), text.charAt(at));
    }
}
