package io.holdfast.rig;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.simulator.ApiCall;
import io.holdfast.simulator.SimBot;
import io.holdfast.simulator.SimChat;
import io.holdfast.simulator.SimMessage;
import io.holdfast.simulator.SimulatorConfig;
import io.holdfast.testkit.ServerProcess;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MainPathIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static Installation installation;
    private static SimBot bot;

    @BeforeAll
    static void start() {
        installation = Installation.start(ServerProcess.built(), SimulatorConfig.defaults());
        bot = installation.registerBot("tea_bot");
    }

    @AfterAll
    static void stop() {
        installation.close();
    }

    private static SimChat chat(String user) {
        return installation.simulator().privateChat(bot, user);
    }

    private static List<String> answers(SimChat chat, int count) {
        return installation.answers(chat, count, PATIENCE);
    }

    private static List<String> answers(SimChat chat, int count, String... said) {
        for (String text : said) {
            installation.simulator().say(bot, chat, text);
        }
        return answers(chat, count);
    }

    @Test
    void start_greets_by_name_and_offers_buttons() {
        SimChat chat = chat("Ann");
        assertThat(answers(chat, 1, "/start")).first().asString().startsWith("Hello Ann!");
        SimMessage greeting = chat.lastMessage();
        assertThat(installation.simulator().press(bot, chat, greeting.id(), "/status"))
                .isNotNull();
        assertThat(answers(chat, 2)).last().asString().startsWith("At work on node");
        ApiCall acknowledged = installation
                .simulator()
                .journal()
                .awaitCalls(call -> call.method().equals("answerCallbackQuery"), 1, PATIENCE)
                .getFirst();
        assertThat(acknowledged.accepted()).isTrue();
    }

    @Test
    void help_lists_the_commands_and_the_menu_has_them_too() {
        assertThat(answers(chat("Ben"), 1, "/help"))
                .first()
                .asString()
                .contains("/echo <text>", "/remind <after> <text>", "/start", "/status");
        ApiCall menu = installation
                .simulator()
                .journal()
                .awaitCalls(call -> call.method().equals("setMyCommands"), 1, PATIENCE)
                .getFirst();
        assertThat(menu.parameter("commands")).contains("echo", "remind");
    }

    @Test
    void echo_counts_per_chat_and_in_order() {
        SimChat first = chat("Cat");
        SimChat second = chat("Dan");
        assertThat(answers(first, 3, "/echo a", "/echo b", "/echo c")).containsExactly("a #1", "b #2", "c #3");
        assertThat(answers(second, 1, "/echo x")).containsExactly("x #1");
    }

    @Test
    void a_reminder_comes_later_and_only_once() {
        SimChat chat = chat("Eve");
        assertThat(answers(chat, 2, "/remind 2s tea")).containsExactly("I will remind you in 2s.", "⏰ tea");
        List<ApiCall> sends = installation.simulator().journal().calls(chat);
        Duration apart =
                Duration.ofNanos(sends.getLast().atNanos() - sends.getFirst().atNanos());
        assertThat(apart).isGreaterThan(Duration.ofMillis(1500));
    }

    @Test
    void wrong_input_is_answered_with_what_would_be_right() {
        SimChat chat = chat("Fay");
        assertThat(answers(chat, 4, "/echo", "/remind soon tea", "/nosuch", "good morning"))
                .satisfiesExactly(
                        text -> assertThat(text).contains("text is missing", "Usage: /echo <text>"),
                        text -> assertThat(text).contains("after should be a time such as 10s"),
                        text -> assertThat(text).contains("I do not know /nosuch"),
                        text -> assertThat(text).contains("/help"));
    }

    @Test
    void a_slow_command_shows_typing_while_it_works() {
        SimChat chat = chat("Gil");
        assertThat(answers(chat, 1, "/wait 1s")).containsExactly("That was 1 s.");
        List<ApiCall> calls = installation.simulator().journal().calls(chat);
        assertThat(calls.getFirst().method()).isEqualTo("sendChatAction");
    }

    @Test
    void every_update_is_listed_with_its_state_and_without_its_content() {
        SimChat chat = chat("Ida");
        assertThat(answers(chat, 1, "/echo secret-content")).hasSize(1);
        JsonNode page = installation.client().messages(bot.id(), null, 100);
        assertThat(page.path("items")).isNotEmpty();
        assertThat(page.toString()).doesNotContain("secret-content");
        assertThat(page.path("items").findValuesAsText("state")).contains("DONE");
    }
}
