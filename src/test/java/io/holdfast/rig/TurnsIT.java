package io.holdfast.rig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.simulator.ApiCall;
import io.holdfast.simulator.SimBot;
import io.holdfast.simulator.SimChat;
import io.holdfast.simulator.SimulatorConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** What a turn is allowed to do to its chat and to the process; the killing comes last. */
@TestMethodOrder(OrderAnnotation.class)
class TurnsIT {
    private static final Duration REDELIVERY = Duration.ofMinutes(4);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration RESTART = Duration.ofMinutes(3);

    @TempDir
    private static Path folder;

    private static Installation installation;
    private static SimBot bot;

    @BeforeAll
    static void start() {
        installation = Installation.start(
                ServerWith.commands(folder, HaltCommand.class, TurnsIT.class), SimulatorConfig.defaults());
        bot = installation.registerBot("turns_bot");
    }

    @AfterAll
    static void stop() {
        installation.close();
    }

    @Test
    @Order(1)
    void stop_ends_a_running_command_of_its_chat_and_of_no_other() {
        SimChat chat = chat("Stan");
        SimChat other = chat("Otto");
        say(chat, "/wait 25s");
        say(other, "/wait 3s");
        awaitTyping(chat);
        awaitTyping(other);
        say(chat, "/stop");
        assertThat(answers(chat, 2)).containsExactlyInAnyOrder("Stopping /wait.", "/wait was stopped.");
        assertThat(answers(other, 1)).containsExactly("That was 3 s.");
        say(chat, "/interrupt");
        assertThat(answers(chat, 3)).last().isEqualTo("Nothing runs here that I could stop.");
        assertThat(installation.number("select count(*) from inbox_update where state = 'RETRY'"))
                .isZero();
    }

    @Test
    @Order(1)
    void the_stop_button_of_a_draft_ends_what_runs_although_it_names_nobody() {
        SimChat chat = chat("Dora");
        say(chat, "/wait 25s");
        awaitTyping(chat);
        installation.simulator().stopGeneration(bot, chat, 7);
        assertThat(answers(chat, 1)).containsExactly("/wait was stopped.");
    }

    @Test
    @Order(1)
    void while_a_chat_is_busy_status_answers_and_buttons_are_acknowledged_and_come_first_afterwards() {
        SimChat chat = chat("Bess");
        say(chat, "/start");
        ApiCall greeting = sent(chat, 1).getFirst();
        say(chat, "/wait 20s");
        awaitTyping(chat);
        say(chat, "/echo later");
        installation.simulator().press(bot, chat, messageId(greeting), "/help");
        installation.simulator().press(bot, chat, messageId(greeting), "/echo pressed");
        say(chat, "/status");
        List<String> beside = answers(chat, 2);
        assertThat(beside).last().asString().startsWith("At work");
        installation.simulator().journal().awaitCalls(call -> call.method().equals("answerCallbackQuery"), 2, PATIENCE);
        assertThat(answers(chat, 2)).as("the chat still waits").hasSize(2);
        say(chat, "/stop");
        List<String> all = answers(chat, 7);
        assertThat(all.subList(0, 2)).isEqualTo(beside);
        assertThat(all.stream().filter(text -> text.contains("#"))).containsExactly("pressed #1", "later #2");
        assertThat(all.indexOf("later #2")).isEqualTo(6);
        await().atMost(PATIENCE).until(() -> installation.unfinished() == 0);
        assertThat(
                        installation.number(
                                "select count(*) from outbox_message where method = 'answerCallbackQuery' and class = 'CONTROL'"))
                .isEqualTo(2);
    }

    @Test
    @Order(2)
    void an_update_that_ends_the_process_is_parked_on_its_third_mark_and_its_neighbours_are_answered()
            throws Exception {
        SimChat chat = chat("Killer");
        SimChat neighbour = chat("Neighbour");
        say(chat, "/echo before");
        assertThat(answers(chat, 1)).containsExactly("before #1");
        say(neighbour, "/wait 2s");
        say(chat, "/halt");
        say(chat, "/echo after");
        say(neighbour, "/echo beside");
        int deaths = 0;
        while (parked() == 0) {
            installation.server().awaitEnd();
            deaths++;
            assertThat(deaths).isLessThan(5);
            installation.server().start();
            await().atMost(RESTART)
                    .until(() -> parked() > 0 || !installation.server().running());
        }
        installation.server().awaitReady();
        // Telegram had to try again and again, with pauses that grew to two minutes.
        assertThat(installation.answers(chat, 3, REDELIVERY)).element(2).isEqualTo("after #2");
        assertThat(answers(chat, 3).get(1)).startsWith("Sorry");
        await().atMost(REDELIVERY).until(() -> answers(neighbour, 2).contains("beside #1"));
        await().atMost(PATIENCE).until(() -> installation.unfinished() == 0);
        System.out.printf("an update that halts the process: %d deaths, then parked%n", deaths);
        assertThat(deaths).isEqualTo(3);
        assertThat(parked()).isEqualTo(1);
        assertThat(installation.number("select count(*) from event where kind = 'PARKED' and inbox_id is not null"))
                .isEqualTo(1);
        assertThat(installation.number("select count(*) from event where outcome = 'unclean_start'"))
                .isEqualTo(3);
    }

    private static long parked() {
        return installation.number("select count(*) from inbox_update where state = 'PARKED'");
    }

    private static SimChat chat(String name) {
        return installation.simulator().privateChat(bot, name);
    }

    private static void say(SimChat chat, String text) {
        installation.simulator().say(bot, chat, text);
    }

    private static List<String> answers(SimChat chat, int count) {
        return installation.answers(chat, count, PATIENCE);
    }

    private static List<ApiCall> sent(SimChat chat, int count) {
        return installation
                .simulator()
                .journal()
                .awaitCalls(call -> call.method().equals("sendMessage") && call.chatId() == chat.id(), count, PATIENCE);
    }

    private static void awaitTyping(SimChat chat) {
        installation
                .simulator()
                .journal()
                .awaitCalls(call -> call.method().equals("sendChatAction") && call.chatId() == chat.id(), 1, PATIENCE);
    }

    private static long messageId(ApiCall call) {
        return call.messageId();
    }
}
