package io.holdfast.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.channel.InboundUpdate;
import io.holdfast.channel.InboundUpdate.Chat;
import io.holdfast.channel.InboundUpdate.CommandEntity;
import io.holdfast.channel.InboundUpdate.User;
import io.holdfast.channel.UnreadableUpdateException;
import io.holdfast.kernel.BotId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TelegramParserTest {
    private static final BotId BOT = new BotId(4711);
    private static final Instant ACCEPTED = Instant.parse("2026-11-21T10:00:00Z");
    private static final long SENT = ACCEPTED.getEpochSecond() - 60;

    private final TelegramParser parser = new TelegramParser();

    @Test
    void reads_a_command_of_a_private_chat() throws UnreadableUpdateException {
        InboundUpdate update = parse("""
                {"update_id":10,"message":{"message_id":7,"from":{"id":77,"is_bot":false,"first_name":"Ann",
                 "username":"ann","language_code":"de"},"chat":{"id":77,"type":"private"},"date":%d,
                 "text":"/echo hello","entities":[{"offset":0,"length":5,"type":"bot_command"},
                 {"type":"bold","offset":6,"length":5}],"later":{"field":[1]}}}""".formatted(SENT));
        assertThat(update)
                .isEqualTo(new InboundUpdate(
                        BOT,
                        "telegram",
                        "10",
                        "message",
                        "chat:77",
                        "m:77:7",
                        new Chat(77, "private", null),
                        new User(77, false, "ann", "Ann", "de"),
                        7L,
                        null,
                        "/echo hello",
                        java.util.List.of(new CommandEntity(0, 5)),
                        null,
                        null,
                        Instant.ofEpochSecond(SENT).plus(Duration.ofHours(24)),
                        null,
                        1));
    }

    @Test
    void what_the_bot_api_does_not_know_is_counted_in_the_update_and_in_what_it_carries()
            throws UnreadableUpdateException {
        assertThat(parse("""
                {"update_id":1,"new":true,"message":{"message_id":1,"newer":{"a":1},"photo":[{"newest":1}],
                 "chat":{"id":1,"type":"private","newest":2}},"more":{"message_id":2}}""").unknownFields()).isEqualTo(3);
        assertThat(parse("""
                {"update_id":1,"new_kind":{"chat":{"id":1},"message_id":7,"new":1}}""").unknownFields()).isEqualTo(1);
    }

    @Test
    void every_field_that_an_update_can_carry_in_bot_api_10_1_is_known() throws IOException {
        Map<String, List<String>> types = new HashMap<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(getClass().getResourceAsStream("/rig/bot-api-types.txt")),
                StandardCharsets.UTF_8))) {
            lines.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" "))
                    .forEach(words -> types.put(words[0], List.of(words).subList(1, words.length)));
        }
        List<String> carried = Objects.requireNonNull(types.get("Update")).stream()
                .map(field -> field.replaceFirst(".*:\\[?", ""))
                .flatMap(type -> types.getOrDefault(type, List.of()).stream())
                .map(field -> field.replaceFirst("!?:.*", ""))
                .distinct()
                .toList();
        assertThat(carried).hasSizeGreaterThan(150).allMatch(KnownFields::contains);
        assertThat(KnownFields.contains("brand_new_field")).isFalse();
    }

    @Test
    void an_update_that_gets_another_end_of_its_life_still_says_what_it_says_of_its_chat()
            throws UnreadableUpdateException {
        InboundUpdate update = parse("""
                {"update_id":1,"message":{"message_id":1,"chat":{"id":-5,"type":"group"},"migrate_to_chat_id":-1005}}""");
        InboundUpdate later = update.expiringAt(ACCEPTED.plusSeconds(1));
        assertThat(later.change()).isEqualTo(new InboundUpdate.ChatChange.Migrated(-5, -1005));
        assertThat(later.expiresAt()).isEqualTo(ACCEPTED.plusSeconds(1));
        assertThat(later.expiringAt(update.expiresAt())).isEqualTo(update);
    }

    @Test
    void fields_may_come_in_any_order() throws UnreadableUpdateException {
        InboundUpdate update = parse("""
                {"message":{"entities":[{"type":"bot_command","length":2,"offset":0}],"text":"/a",
                 "chat":{"type":"group","title":"T","id":-5},"message_id":1},"update_id":3}""");
        assertThat(update.externalId()).isEqualTo("3");
        assertThat(update.chat()).isEqualTo(new Chat(-5, "group", "T"));
        assertThat(update.commands()).containsExactly(new CommandEntity(0, 2));
    }

    @Test
    void a_caption_is_text_with_its_own_entities() throws UnreadableUpdateException {
        InboundUpdate update = parse("""
                {"update_id":1,"message":{"message_id":1,"caption":"/x y","photo":[{}],
                 "caption_entities":[{"type":"bot_command","offset":0,"length":2}]}}""");
        assertThat(update.text()).isEqualTo("/x y");
        assertThat(update.commands()).containsExactly(new CommandEntity(0, 2));
    }

    @Test
    void the_message_that_is_replied_to_does_not_leak_into_the_reply() throws UnreadableUpdateException {
        InboundUpdate update = parse("""
                {"update_id":1,"message":{"message_id":9,"chat":{"id":1,"type":"private"},"text":"yes",
                 "reply_to_message":{"message_id":8,"chat":{"id":2},"text":"/no","from":{"id":3}}}}""");
        assertThat(update.messageId()).isEqualTo(9);
        assertThat(update.chat()).isEqualTo(new Chat(1, "private", null));
        assertThat(update.user()).isNull();
        assertThat(update.text()).isEqualTo("yes");
    }

    @Test
    void a_thread_counts_only_in_a_topic() throws UnreadableUpdateException {
        String message = "{\"update_id\":1,\"message\":{\"message_id\":9,\"message_thread_id\":4%s}}";
        assertThat(parse(message.formatted("")).threadId()).isNull();
        assertThat(parse(message.formatted(",\"is_topic_message\":false")).threadId())
                .isNull();
        assertThat(parse(message.formatted(",\"is_topic_message\":true")).threadId())
                .isEqualTo(4);
    }

    @Test
    void a_callback_goes_to_the_queue_of_its_chat() throws UnreadableUpdateException {
        InboundUpdate update = parse("""
                {"update_id":1,"callback_query":{"id":"123","from":{"id":5},"data":"ok","chat_instance":"9",
                 "message":{"message_id":8,"chat":{"id":-6,"type":"supergroup"},"date":0,"text":"bot's own",
                 "message_thread_id":3,"is_topic_message":true,"from":{"id":4711}}}}""");
        assertThat(update.queueKey()).isEqualTo("chat:-6");
        assertThat(update.dedupeKey()).isEqualTo("c:123");
        assertThat(update.user()).isEqualTo(new User(5, false, null, null, null));
        assertThat(update.messageId()).isEqualTo(8);
        assertThat(update.threadId()).isEqualTo(3);
        assertThat(update.text()).isNull();
        assertThat(update.callbackId()).isEqualTo("123");
        assertThat(update.callbackData()).isEqualTo("ok");
        assertThat(update.expiresAt()).isEqualTo(ACCEPTED.plusSeconds(150));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            delimiter = '|',
            value = {
                "callback_query      |{\"id\":\"1\",\"from\":{\"id\":5},\"inline_message_id\":\"x\"} |user:5                   |150",
                "callback_query      |{\"id\":\"1\"}                                        |kind:callback_query       |150",
                "pre_checkout_query  |{\"id\":\"1\",\"from\":{\"id\":5}}                      |pre_checkout_query:user:5 |150",
                "shipping_query      |{\"id\":\"1\",\"from\":{\"id\":5}}                      |shipping_query:user:5     |150",
                "inline_query        |{\"id\":\"1\",\"from\":{\"id\":5}}                      |inline_query:user:5       |30",
                "chosen_inline_result|{\"from\":{\"id\":5}}                                 |chosen_inline_result:user:5|600",
                "my_chat_member      |{\"chat\":{\"id\":-9},\"from\":{\"id\":5}}              |chat:-9                   |86400",
                "chat_join_request   |{\"chat\":{\"id\":-9},\"from\":{\"id\":5}}              |chat:-9                   |86400",
                "message_reaction    |{\"chat\":{\"id\":-9},\"message_id\":4,\"user\":{\"id\":5}}|chat:-9                 |86400",
                "business_connection |{\"id\":\"b\",\"user\":{\"id\":5},\"date\":100}           |business_connection:user:5|86400",
                "poll_answer         |{\"user\":{\"id\":5}}                                 |poll_answer:user:5        |86400",
                "poll                |{\"id\":\"1\"}                                        |kind:poll                 |86400",
                "message             |{}                                                  |kind:message              |86400",
                "channel_post        |{\"chat\":{\"id\":-9},\"message_id\":4}                 |chat:-9                   |86400",
                "new_message_kind    |{\"chat\":{\"id\":-9},\"message_id\":4}                 |chat:-9                   |86400",
                "weather             |{\"chat\":{\"id\":-9},\"from\":{\"id\":5}}              |kind:weather              |86400",
            })
    void each_kind_has_its_queue_and_its_deadline(String kind, String body, String queue, long seconds)
            throws UnreadableUpdateException {
        InboundUpdate update = parse("{\"update_id\":1,\"%s\":%s}".formatted(kind, body));
        assertThat(update.kind()).isEqualTo(kind);
        assertThat(update.queueKey()).isEqualTo(queue);
        assertThat(update.expiresAt()).isEqualTo(ACCEPTED.plusSeconds(seconds));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "message,m:-9:4",
                "channel_post,m:-9:4",
                "edited_message,e:-9:4:1700000000:",
                "edited_channel_post,e:-9:4:1700000000:",
                "message_reaction,-",
                "business_message,-",
                "guest_message,-",
                "new_message_kind,-"
            })
    void only_what_names_one_event_is_a_second_identity(String kind, String expected) throws UnreadableUpdateException {
        InboundUpdate update = parse(
                "{\"update_id\":1,\"%s\":{\"chat\":{\"id\":-9},\"message_id\":4,\"edit_date\":1700000000,\"text\":\"a\"}}"
                        .formatted(kind));
        if (expected == null) {
            assertThat(update.dedupeKey()).isNull();
        } else {
            assertThat(update.dedupeKey()).startsWith(expected);
        }
    }

    @Test
    void edits_of_one_second_differ_by_their_text() throws UnreadableUpdateException {
        String edit =
                "{\"update_id\":1,\"edited_message\":{\"chat\":{\"id\":1},\"message_id\":4,\"edit_date\":9,\"text\":\"%s\"}}";
        assertThat(parse(edit.formatted("a")).dedupeKey())
                .isEqualTo(parse(edit.formatted("a")).dedupeKey())
                .isNotEqualTo(parse(edit.formatted("b")).dedupeKey());
        assertThat(parse(edit.formatted("\\ud800")).dedupeKey())
                .isNotEqualTo(parse(edit.formatted("\\ud801")).dedupeKey());
    }

    @Test
    void an_edit_lives_from_the_edit_on() throws UnreadableUpdateException {
        InboundUpdate update = parse(
                "{\"update_id\":1,\"edited_message\":{\"message_id\":4,\"date\":1,\"edit_date\":%d}}".formatted(SENT));
        assertThat(update.expiresAt()).isEqualTo(Instant.ofEpochSecond(SENT).plus(Duration.ofHours(24)));
    }

    @ParameterizedTest
    @CsvSource({"-1", "0", "9223372036854775807", "4102444800", "\"soon\"", "1.5e300"})
    void an_impossible_date_counts_as_now(String date) throws UnreadableUpdateException {
        InboundUpdate update = parse("{\"update_id\":1,\"message\":{\"message_id\":4,\"date\":%s}}".formatted(date));
        assertThat(update.expiresAt()).isEqualTo(ACCEPTED.plus(Duration.ofHours(24)));
    }

    @Test
    void ids_keep_64_bits() throws UnreadableUpdateException {
        InboundUpdate update = parse("""
                {"update_id":9007199254740993,"message":{"message_id":9007199254740995,
                 "chat":{"id":-9223372036854775808,"type":"supergroup"},"from":{"id":9223372036854775807}}}""");
        assertThat(update.externalId()).isEqualTo("9007199254740993");
        assertThat(update.dedupeKey()).isEqualTo("m:-9223372036854775808:9007199254740995");
        assertThat(update.user()).extracting(User::id).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void nul_and_lone_surrogates_survive_in_the_text() throws UnreadableUpdateException {
        assertThat(parse("{\"update_id\":1,\"message\":{\"text\":\"a\\u0000b\\ud800c\"}}")
                        .text())
                .isEqualTo("a\0b\ud800c");
    }

    @Test
    void what_becomes_a_text_column_is_plain_ascii() throws UnreadableUpdateException {
        InboundUpdate kind = parse("{\"update_id\":1,\"k\\u0000\\ud800%s\":{}}".formatted("é".repeat(100)));
        assertThat(kind.kind()).matches("k_+").hasSize(64);
        assertThat(kind.queueKey()).isEqualTo("kind:" + kind.kind());
        InboundUpdate callback = parse("{\"update_id\":1,\"callback_query\":{\"id\":\"\\u0000\\ud800\"}}");
        assertThat(callback.dedupeKey()).matches("c:sha256-[0-9a-f]{32}");
        assertThat(callback.callbackId()).isEqualTo("\0\ud800");
    }

    @Test
    void entities_outside_the_text_are_left_out() throws UnreadableUpdateException {
        InboundUpdate update = parse("""
                {"update_id":1,"message":{"text":"/a b","entities":[{"type":"bot_command","offset":3,"length":9},
                 {"type":"bot_command","offset":-1,"length":2},{"type":"bot_command","offset":1099511627776,"length":2},
                 7,{"type":"bot_command","offset":0,"length":0},{"type":"bot_command","offset":0,"length":2}]}}""");
        assertThat(update.commands()).containsExactly(new CommandEntity(0, 2));
    }

    @ParameterizedTest
    @MethodSource("traps")
    void every_trap_is_read_or_refused_as_it_deserves(HostileUpdates.Body body) throws UnreadableUpdateException {
        if (body.readable()) {
            assertThat(parser.parse(BOT, body.bytes(), ACCEPTED).externalId()).matches("\\d+");
        } else {
            assertThatThrownBy(() -> parser.parse(BOT, body.bytes(), ACCEPTED))
                    .isInstanceOf(UnreadableUpdateException.class)
                    .hasMessageMatching("[A-Za-z0-9_\\- ()]{5,80}");
        }
    }

    static java.util.List<HostileUpdates.Body> traps() {
        return new HostileUpdates(1)
                .all().stream()
                        .filter(body -> !body.gzip() && !body.name().equals("too big"))
                        .toList();
    }

    @Test
    void no_body_makes_anything_but_an_update_or_a_refusal() {
        HostileUpdates bodies = new HostileUpdates(20261121);
        int read = 0;
        int refused = 0;
        for (int i = 0; i < 60_000; i++) {
            byte[] body = bodies.damaged();
            try {
                assertThat(parser.parse(BOT, body, ACCEPTED)).isEqualTo(parser.parse(BOT, body, ACCEPTED));
                read++;
            } catch (UnreadableUpdateException e) {
                refused++;
            }
        }
        assertThat(read).isPositive();
        assertThat(refused).isPositive();
    }

    private InboundUpdate parse(String json) throws UnreadableUpdateException {
        return parser.parse(BOT, json.getBytes(StandardCharsets.UTF_8), ACCEPTED);
    }
}
