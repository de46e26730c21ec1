package io.holdfast.rig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.simulator.ApiCall;
import io.holdfast.simulator.Fault;
import io.holdfast.simulator.FaultKind;
import io.holdfast.simulator.FaultRule;
import io.holdfast.simulator.Faults;
import io.holdfast.simulator.SimBot;
import io.holdfast.simulator.SimChat;
import io.holdfast.simulator.SimulatorConfig;
import io.holdfast.testkit.HoldfastClient;
import io.holdfast.testkit.ServerProcess;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What Telegram's refusals make of messages, of their chats and of their bot. */
class OutcomesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static Installation installation;
    private static SimBot bot;

    @BeforeAll
    static void start() {
        installation = Installation.start(
                ServerProcess.built(), SimulatorConfig.defaults().withTimeScale(8));
        bot = installation.registerBot("outcome_bot");
    }

    @AfterAll
    static void stop() {
        installation.close();
    }

    @Test
    void a_chat_that_blocked_the_bot_is_called_once_and_again_when_it_lets_the_bot_in() {
        SimChat chat = installation.simulator().privateChat(bot, "Bea");
        installation.simulator().block(bot, chat);
        long refused = enqueue(chat.id(), "\"text\":\"one\"");
        awaitState(refused, "SUPPRESSED");
        awaitState(enqueue(chat.id(), "\"text\":\"two\""), "SUPPRESSED");
        assertThat(calls(chat)).hasSize(1);
        assertThat(letters(refused)).isZero();
        assertThat(number("select count(*) from event where kind = 'SUPPRESSED' and outcome = 'RECIPIENT'"
                        + " and duration_ms >= 0 and outbox_id = " + refused))
                .as("the event of the call, with its duration")
                .isEqualTo(1);
        assertThat(number("select count(*) from event where kind = 'SUPPRESSED' and outcome = 'SUPPRESSED'"
                        + " and duration_ms is null and bot_id = " + bot.id()))
                .as("the event of the message that was not called")
                .isEqualTo(1);

        installation.simulator().letIn(bot, chat);
        await().atMost(PATIENCE).until(() -> unreachable(chat) == 0);
        assertThat(number("select count(*) from event where kind = 'SUPPRESSED' and outcome = 'REACHABLE' and bot_id = "
                        + bot.id()))
                .isEqualTo(1);
        awaitState(enqueue(chat.id(), "\"text\":\"three\""), "SENT");
        assertThat(installation.answers(chat, 1, PATIENCE)).containsExactly("three");
    }

    @Test
    void a_user_who_writes_again_is_answered_though_nobody_said_that_the_bot_was_let_in() {
        SimChat chat = installation.simulator().privateChat(bot, "Cleo");
        installation.number("""
                with noted as (
                    insert into chat (bot_id, chat_id, unreachable_at, reason) values (%d, %d, now(), 'blocked') returning 1)
                select count(*) from noted""".formatted(bot.id(), chat.id()));
        installation.simulator().say(bot, chat, "/echo m1");
        assertThat(installation.answers(chat, 1, PATIENCE)).containsExactly("m1 #1");
    }

    @Test
    void messages_and_memory_follow_a_group_that_became_a_supergroup() {
        SimChat group = installation
                .simulator()
                .group("Club", List.of(installation.simulator().createUser("Dora")), bot);
        installation.simulator().say(bot, group, group.user(), "/echo m1");
        assertThat(installation.answers(group, 1, PATIENCE)).containsExactly("m1 #1");

        SimChat supergroup = installation.simulator().migrate(group);
        awaitState(enqueue(group.id(), "\"text\":\"to the old id\""), "SENT");
        awaitState(enqueue(group.id(), "\"text\":\"once more\""), "SENT");
        assertThat(installation.answers(supergroup, 2, PATIENCE)).containsExactly("to the old id", "once more");
        await().atMost(PATIENCE).until(() -> installation.unfinished() == 0);
        installation.simulator().say(bot, supergroup, group.user(), "/echo m2");
        assertThat(installation.answers(supergroup, 3, PATIENCE).getLast()).isEqualTo("m2 #2");
        assertThat(number("select count(*) from event where kind = 'MIGRATED' and bot_id = " + bot.id()))
                .isEqualTo(1);
    }

    @Test
    void text_whose_formatting_is_refused_arrives_as_plain_text() {
        SimChat chat = installation.simulator().privateChat(bot, "Eva");
        long sent = enqueue(chat.id(), "\"text\":\"a *b\",\"parse_mode\":\"MarkdownV2\"");
        awaitState(sent, "SENT");
        assertThat(installation.answers(chat, 1, PATIENCE)).containsExactly("a *b");
        assertThat(number("select attempts from outbox_message where outbox_id = " + sent))
                .isEqualTo(1);
    }

    @Test
    void a_message_to_a_topic_that_is_gone_arrives_outside_of_it() {
        SimChat chat = installation
                .simulator()
                .supergroup("Forum", List.of(installation.simulator().createUser("Fay")), bot);
        installation.simulator().openTopic(chat, 77);
        installation.simulator().deleteTopic(chat, 77);
        awaitState(enqueue(chat.id(), "\"text\":\"hello\",\"message_thread_id\":77"), "SENT");
        assertThat(installation.answers(chat, 1, PATIENCE)).containsExactly("hello");
    }

    @Test
    void a_message_whose_deadline_has_passed_is_a_dead_letter_and_no_call() {
        SimChat chat = installation.simulator().privateChat(bot, "Gus");
        long late = enqueue(chat.id(), "\"text\":\"late\"", "interval '-1 second'");
        awaitState(late, "EXPIRED");
        assertThat(letters(late)).isEqualTo(1);
        assertThat(calls(chat)).isEmpty();
    }

    @Test
    void an_operator_says_what_became_of_an_uncertain_send() {
        SimChat chat = installation.simulator().privateChat(bot, "Hal");
        installation
                .simulator()
                .faults()
                .add(FaultRule.always(Fault.of(FaultKind.RESET_AFTER))
                        .onChat(chat)
                        .times(4));
        long first = enqueue(chat.id(), "\"text\":\"one\"");
        assertThat(post(first, "send-again").status()).as("still open").isEqualTo(409);
        awaitClosed(first);
        assertThat(number("select count(*) from event where kind = 'UNCERTAIN' and outcome = 'UNCERTAIN'"
                        + " and duration_ms >= 0 and outbox_id = " + first))
                .as("one event for each of its two calls")
                .isEqualTo(2);
        long second = enqueue(chat.id(), "\"text\":\"two\"");
        awaitClosed(second);
        HoldfastClient.Answer listed = installation.client().send("GET", "/api/v1/sends?botId=" + bot.id(), null);
        assertThat(listed.body().path("items").findValuesAsText("id"))
                .contains(Long.toString(first), Long.toString(second));

        assertThat(post(first, "mark-delivered").status()).isEqualTo(200);
        assertThat(post(first, "mark-delivered").status()).isEqualTo(409);
        assertThat(post(second, "send-again").status()).isEqualTo(200);
        awaitState(second, "SENT");
        assertThat(installation.answers(chat, 5, PATIENCE)).containsExactly("one", "one", "two", "two", "two");
        assertThat(post(Long.MAX_VALUE / 10, "mark-delivered").status()).isEqualTo(404);
        assertThat(number("select count(*) from event where kind = 'RESOLVED'")).isEqualTo(2);
    }

    @Test
    void a_bot_whose_token_is_refused_is_suspended_keeps_everything_and_comes_back() {
        SimBot revoked = installation.registerBot("revoked_for_a_while");
        SimChat chat = suspend(revoked);
        assertThat(installation.client().bot(revoked.id()).path("reason").asText())
                .startsWith("401");
        installation.simulator().say(revoked, chat, "/echo m2");
        await().atMost(PATIENCE)
                .until(() ->
                        number("select count(*) from inbox_update where state = 'PENDING' and bot_id = " + revoked.id())
                                == 1);

        tryNow(revoked);
        await().atMost(PATIENCE).until(() -> state(revoked).equals("RUNNING"));
        assertThat(installation.answers(chat, 2, PATIENCE.plusMinutes(1))).containsExactlyInAnyOrder("m1 #1", "m2 #2");
        assertThat(number("select count(*) from event where kind in ('SUSPENDED', 'RESUMED') and bot_id = "
                        + revoked.id()))
                .isEqualTo(2);
    }

    @Test
    void a_token_that_could_not_be_tried_is_tried_again_and_only_a_refusal_counts() {
        SimBot revoked = installation.registerBot("tried_in_vain");
        suspend(revoked);
        Faults.Active unreachable = installation
                .simulator()
                .faults()
                .add(FaultRule.always(Fault.of(FaultKind.RESET_BEFORE))
                        .onBot(revoked)
                        .onMethod("getMe"));
        for (int i = 0; i < 3; i++) {
            int before = unreachable.hits();
            tryNow(revoked);
            await().atMost(PATIENCE).until(() -> unreachable.hits() > before);
        }
        assertThat(number("select checks from bot where bot_id = " + revoked.id()))
                .isZero();

        installation.simulator().faults().clear();
        refuse(revoked, "getMe");
        tryNow(revoked);
        await().atMost(PATIENCE)
                .until(() -> number(
                                "select count(*) from bot where checks = 1 and check_at > now() + interval '8 minutes' and bot_id = "
                                        + revoked.id())
                        == 1);
        tryNow(revoked);
        await().atMost(PATIENCE).until(() -> state(revoked).equals("RUNNING"));
    }

    @Test
    void an_operator_has_a_suspended_bot_tried_at_any_time() {
        SimBot revoked = installation.registerBot("tried_by_hand");
        assertThat(problem(resume(revoked.id()))).isEqualTo("409 fleet:not-suspended");
        SimChat chat = suspend(revoked);
        number(
                "with now as (update bot set check_at = null, checks = 2 where bot_id = %d returning 1) select count(*) from now"
                        .formatted(revoked.id()));

        refuse(revoked, "getMe");
        assertThat(problem(resume(revoked.id()))).isEqualTo("409 fleet:token-refused");
        installation
                .simulator()
                .faults()
                .add(FaultRule.always(Fault.of(FaultKind.RESET_BEFORE))
                        .onBot(revoked)
                        .onMethod("getMe"));
        assertThat(problem(resume(revoked.id()))).isEqualTo("503 fleet:telegram-unreachable");
        assertThat(state(revoked)).isEqualTo("SUSPENDED");
        installation.simulator().faults().clear();

        HoldfastClient.Answer resumed = resume(revoked.id());
        assertThat(resumed.status()).isEqualTo(200);
        assertThat(resumed.body().path("state").asText()).isEqualTo("RUNNING");
        assertThat(resumed.text()).doesNotContain(revoked.token());
        installation.simulator().say(revoked, chat, "/echo m2");
        assertThat(installation.answers(chat, 2, PATIENCE.plusMinutes(1))).containsExactlyInAnyOrder("m1 #1", "m2 #2");
        assertThat(number("select count(*) from event where kind = 'RESUMED' and reason like '%operator%' and bot_id = "
                        + revoked.id()))
                .isEqualTo(1);
        assertThat(problem(resume(revoked.id()))).isEqualTo("409 fleet:not-suspended");
        assertThat(problem(resume(987_654_321))).isEqualTo("404 admin:not-found");
    }

    private static HoldfastClient.Answer resume(long id) {
        return installation.client().send("POST", "/api/v1/bots/%d/resume".formatted(id), null);
    }

    private static String problem(HoldfastClient.Answer answer) {
        return answer.status() + " " + answer.body().path("type").asText().replace("urn:holdfast:problem:", "");
    }

    /** By a refused call; answers the chat, whose first message waits for its answer. */
    private static SimChat suspend(SimBot revoked) {
        SimChat chat = installation.simulator().privateChat(revoked, "Ida");
        refuse(revoked, "sendMessage");
        installation.simulator().say(revoked, chat, "/echo m1");
        await().atMost(PATIENCE).until(() -> state(revoked).equals("SUSPENDED"));
        return chat;
    }

    private static void refuse(SimBot revoked, String method) {
        installation
                .simulator()
                .faults()
                .add(FaultRule.always(Fault.of(FaultKind.NOT_OK).withStatus(401))
                        .onBot(revoked)
                        .onMethod(method)
                        .times(1));
    }

    /** Until the try was begun. */
    private static void tryNow(SimBot revoked) {
        number("with now as (update bot set check_at = now() where bot_id = %d returning 1) select count(*) from now"
                .formatted(revoked.id()));
        await().atMost(PATIENCE)
                .until(() ->
                        number("select count(*) from bot where check_at <= now() and bot_id = " + revoked.id()) == 0);
    }

    /** Writes a notification as a turn would, due at once. */
    private static long enqueue(long chatId, String parameters) {
        return enqueue(chatId, parameters, "interval '1 day'");
    }

    private static long enqueue(long chatId, String parameters, String deadline) {
        String payload = "{\"chat_id\":%d,%s}".formatted(chatId, parameters);
        return number("""
                with message as (
                    insert into outbox_message (bot_id, chat_id, class, method, payload, deadline_at)
                    values (%1$d, %2$d, 'NOTIFICATION', 'sendMessage', convert_to('%3$s', 'UTF8'), now() + %4$s)
                    returning outbox_id),
                due_row as (
                    insert into due (bot_id, kind, ref, due_at) select %1$d, 'OUTBOX', outbox_id, now() from message)
                select outbox_id from message
                """.formatted(bot.id(), chatId, payload, deadline));
    }

    private static void awaitState(long outboxId, String state) {
        await().atMost(PATIENCE)
                .until(() -> number("select count(*) from outbox_message where outbox_id = %d and state = '%s'"
                                .formatted(outboxId, state))
                        == 1);
    }

    private static void awaitClosed(long outboxId) {
        await().atMost(PATIENCE)
                .until(() -> number(
                                "select count(*) from outbox_message where outbox_id = %d and state = 'UNCERTAIN' and finished_at is not null"
                                        .formatted(outboxId))
                        == 1);
    }

    private static HoldfastClient.Answer post(long outboxId, String action) {
        String path = "/api/v1/sends/%d/%d/%s".formatted(bot.id(), outboxId, action);
        return installation.client().send("POST", path, null);
    }

    private static List<ApiCall> calls(SimChat chat) {
        return installation.simulator().journal().calls(bot, "sendMessage").stream()
                .filter(call -> call.chatId() == chat.id())
                .toList();
    }

    private static long letters(long outboxId) {
        return number("select count(*) from dead_letter where queue = 'OUTBOX' and ref = " + outboxId);
    }

    private static long unreachable(SimChat chat) {
        return number("select count(*) from chat where unreachable_at is not null and chat_id = " + chat.id());
    }

    private static String state(SimBot of) {
        return installation.client().bot(of.id()).path("state").asText();
    }

    private static long number(String sql) {
        return installation.number(sql);
    }
}
