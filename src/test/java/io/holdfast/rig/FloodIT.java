package io.holdfast.rig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.simulator.ApiCall;
import io.holdfast.simulator.Fault;
import io.holdfast.simulator.FaultKind;
import io.holdfast.simulator.FaultRule;
import io.holdfast.simulator.SimBot;
import io.holdfast.simulator.SimChat;
import io.holdfast.simulator.SimulatorConfig;
import io.holdfast.testkit.HoldfastClient;
import io.holdfast.testkit.ServerProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** In one order, because the last one kills the server. */
@TestMethodOrder(OrderAnnotation.class)
class FloodIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    /** A call that was on its way when the answer came to another one may still arrive. */
    private static final Duration ON_ITS_WAY = Duration.ofSeconds(1);

    private static final Pattern TOLD = Pattern.compile("retry after ([0-9]+)");

    private static Installation installation;
    private static SimBot bot;
    private static SimBot other;

    @BeforeAll
    static void start() {
        installation = Installation.start(ServerProcess.built(), SimulatorConfig.defaults());
        bot = installation.registerBot("first_bot");
        other = installation.registerBot("second_bot");
    }

    @AfterAll
    static void stop() {
        installation.close();
    }

    @AfterEach
    void no_fault_is_left() {
        installation.simulator().faults().clear();
        installation.simulator().setRateLimits(false);
    }

    @Test
    @Order(1)
    void a_chat_that_is_told_to_wait_gets_nothing_meanwhile_and_the_others_do_not_notice() {
        SimChat told = chat(bot, "Ann");
        SimChat free = chat(bot, "Ben");
        limit(told, 7);
        say(bot, told, 1, 3);
        ApiCall refused = awaitRefusal(told);
        say(bot, free, 1, 3);
        assertThat(answers(free, 3)).isEqualTo(echoes(3));
        long answered = lastCall(call -> call.chatId() == free.id());
        assertThat(answered).isLessThan(refused.atNanos() + seconds(7));
        assertThat(answers(told, 3)).isEqualTo(echoes(3));
        assertThat(inside(refused, seconds(7), Duration.ZERO, call -> call.chatId() == told.id()))
                .isEmpty();
        assertThat(installation.number("select max(attempts) from outbox_message where chat_id = " + told.id()))
                .as("a wait costs no attempt")
                .isEqualTo(1);
        assertThat(installation.number(
                        "select count(*) from event where kind = 'THROTTLED' and outcome = 'CHAT' and bot_id = "
                                + bot.id()))
                .isEqualTo(1);
    }

    @Test
    @Order(2)
    void two_chats_that_are_told_to_wait_mean_the_bot_and_no_other_bot() {
        SimChat first = chat(bot, "Cat");
        SimChat second = chat(bot, "Dan");
        SimChat third = chat(bot, "Eve");
        SimChat elsewhere = chat(other, "Fay");
        limit(first, 6);
        limit(second, 6);
        say(bot, first, 1, 2);
        say(bot, second, 1, 2);
        awaitRefusal(first);
        awaitRefusal(second);
        ApiCall last = installation
                .simulator()
                .journal()
                .calls(call -> call.errorCode() == 429)
                .getLast();
        say(bot, third, 1, 2);
        say(other, elsewhere, 1, 2);
        assertThat(answers(elsewhere, 2)).isEqualTo(echoes(2));
        assertThat(lastCall(call -> call.chatId() == elsewhere.id())).isLessThan(last.atNanos() + seconds(6));
        for (SimChat chat : List.of(first, second, third)) {
            assertThat(answers(chat, 2)).isEqualTo(echoes(2));
        }
        assertThat(inside(last, seconds(6), ON_ITS_WAY, call -> call.botId() == bot.id()))
                .isEmpty();
    }

    @Test
    @Order(3)
    void telegrams_own_limits_are_obeyed_and_everything_arrives_in_order() {
        installation.simulator().setRateLimits(true);
        SimChat busy = chat(bot, "Gil");
        say(bot, busy, 1, 20);
        assertThat(answers(busy, 20)).isEqualTo(echoes(20));
        List<ApiCall> refused = refusals(busy);
        assertThat(refused).isNotEmpty();
        for (ApiCall refusal : refused) {
            assertThat(inside(refusal, seconds(told(refusal)), Duration.ZERO, call -> call.chatId() == busy.id()))
                    .isEmpty();
        }
    }

    @Test
    @Order(4)
    void a_bot_that_paces_itself_is_never_told_to_wait() {
        installation.simulator().setRateLimits(true);
        installation.client().putSettings(other.id(), HoldfastClient.object().put("pacing", "default"));
        SimChat busy = chat(other, "Hal");
        say(other, busy, 1, 12);
        assertThat(answers(busy, 12)).isEqualTo(echoes(12));
        assertThat(refusals(busy)).isEmpty();
    }

    @Test
    @Order(5)
    void while_the_host_is_away_nothing_is_tried_and_afterwards_everything_is_sent() {
        for (String method : List.of("sendMessage", "getMe")) {
            installation
                    .simulator()
                    .faults()
                    .add(FaultRule.always(Fault.of(FaultKind.RESET_BEFORE)).onMethod(method));
        }
        List<SimChat> before = chats("I", 6);
        before.forEach(chat -> say(bot, chat, 1, 1));
        await().atMost(PATIENCE).until(() -> breakerEvents("OPEN") == 1);
        List<SimChat> meanwhile = chats("J", 20);
        meanwhile.forEach(chat -> say(bot, chat, 1, 1));
        await().atMost(PATIENCE)
                .until(() -> installation.number("select count(*) from outbox_message where bot_id = " + bot.id()
                                + " and chat_id in (" + ids(meanwhile) + ")")
                        == meanwhile.size());
        installation.simulator().faults().clear();
        for (SimChat chat : meanwhile) {
            assertThat(answers(chat, 1)).isEqualTo(echoes(1));
        }
        for (SimChat chat : before) {
            assertThat(answers(chat, 1)).isEqualTo(echoes(1));
        }
        assertThat(installation.number(
                        "select max(attempts) from outbox_message where chat_id in (" + ids(meanwhile) + ")"))
                .as("nothing is spent on a closed way")
                .isEqualTo(1);
        await().atMost(PATIENCE).until(() -> breakerEvents("CLOSED") == 1);
    }

    @Test
    @Order(6)
    void a_pause_survives_a_kill() {
        SimChat told = chat(bot, "Kim");
        limit(told, 28);
        say(bot, told, 1, 1);
        ApiCall refused = awaitRefusal(told);
        // Of this chat: a bot's pauses that are over leave together, so one of an earlier test may still be there.
        await().atMost(PATIENCE)
                .until(() -> installation.number("select count(*) from pause where chat_id = " + told.id()
                                + " and until_at between now() + interval '1 second' and now() + interval '28 seconds'")
                        == 1);
        say(bot, told, 2, 3);
        // A reminder waits for no answer before it: but for the pause it would be sent as soon as the server is back.
        installation.simulator().say(bot, told, "/remind 1s tea");
        await().atMost(PATIENCE)
                .until(() -> installation.number("select count(*) from outbox_message where class = 'NOTIFICATION'"
                                + " and chat_id = " + told.id())
                        == 1);
        installation.server().restart().awaitReady();
        assertThat(answers(told, 5))
                .containsSubsequence(echoes(3))
                .filteredOn(answer -> answer.contains("tea"))
                .hasSize(1);
        assertThat(inside(refused, seconds(28), Duration.ZERO, call -> call.chatId() == told.id()))
                .isEmpty();
        await().atMost(PATIENCE).until(() -> installation.number("select count(*) from pause") == 0);
        await().atMost(PATIENCE).until(() -> installation.unfinished() == 0);
    }

    private static SimChat chat(SimBot of, String user) {
        return installation.simulator().privateChat(of, user);
    }

    private static List<SimChat> chats(String name, int count) {
        List<SimChat> chats = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            chats.add(chat(bot, name + i));
        }
        return chats;
    }

    private static String ids(List<SimChat> chats) {
        return String.join(
                ",", chats.stream().map(chat -> Long.toString(chat.id())).toList());
    }

    private static void limit(SimChat chat, int seconds) {
        installation
                .simulator()
                .faults()
                .add(FaultRule.always(Fault.rateLimit(seconds))
                        .onChat(chat)
                        .onMethod("sendMessage")
                        .times(1));
    }

    private static void say(SimBot to, SimChat chat, int from, int until) {
        for (int i = from; i <= until; i++) {
            installation.simulator().say(to, chat, "/echo m" + i);
        }
    }

    private static List<String> echoes(int count) {
        List<String> echoes = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            echoes.add("m%d #%d".formatted(i, i));
        }
        return echoes;
    }

    private static List<String> answers(SimChat chat, int count) {
        return installation.answers(chat, count, PATIENCE);
    }

    private static ApiCall awaitRefusal(SimChat chat) {
        return installation
                .simulator()
                .journal()
                .awaitCalls(call -> call.chatId() == chat.id() && call.errorCode() == 429, 1, PATIENCE)
                .getFirst();
    }

    private static List<ApiCall> refusals(SimChat chat) {
        return installation.simulator().journal().calls(call -> call.chatId() == chat.id() && call.errorCode() == 429);
    }

    /** The calls of a kind that came between the refusal and the end of the wait that it told. */
    private static List<ApiCall> inside(
            ApiCall refusal, long length, Duration grace, Predicate<? super ApiCall> which) {
        return installation.simulator().journal().callsAfter(refusal.seq()).stream()
                .filter(which)
                .filter(call -> call.atNanos() - refusal.atNanos() > grace.toNanos())
                .filter(call -> call.atNanos() - refusal.atNanos() < length)
                .toList();
    }

    private static long lastCall(Predicate<? super ApiCall> which) {
        return installation.simulator().journal().calls(which).getLast().atNanos();
    }

    private static int told(ApiCall refusal) {
        Matcher told = TOLD.matcher(refusal.description());
        assertThat(told.find()).as(refusal.description()).isTrue();
        return Integer.parseInt(told.group(1));
    }

    private static long breakerEvents(String outcome) {
        return installation.number("select count(*) from event where kind = 'BREAKER' and outcome = '" + outcome + "'");
    }

    private static long seconds(long count) {
        return Duration.ofSeconds(count).toNanos();
    }
}
