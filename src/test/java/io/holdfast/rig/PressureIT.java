package io.holdfast.rig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.simulator.SimBot;
import io.holdfast.simulator.SimChat;
import io.holdfast.simulator.SimulatorConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who has to wait when there is too much: with limits so small that little is enough. */
class PressureIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int BUSY = 3;

    @TempDir
    private static Path folder;

    private static Installation installation;
    private static SimBot telling;

    @BeforeAll
    static void start() {
        installation = Installation.start(
                ServerWith.commands(folder, TellCommand.class, TellCommand.Args.class),
                SimulatorConfig.defaults(),
                variables -> variables.put("HOLDFAST_LANE_BUSY", Integer.toString(BUSY)));
        telling = installation.registerBot("telling_bot");
    }

    @AfterAll
    static void stop() {
        installation.close();
    }

    @Test
    void what_goes_to_many_waits_while_the_node_is_busy_and_is_sent_afterwards() {
        SimChat busy = chat(telling, "Ann");
        SimChat teller = chat(telling, "Ben");
        SimChat told = chat(telling, "Cem");
        SimChat blocked = chat(telling, "Dan");
        noteUnreachable(telling, blocked);
        say(telling, busy, "/wait 30s");
        awaitTyping(busy);
        for (int i = 1; i <= BUSY; i++) {
            say(telling, busy, "/echo m" + i);
        }
        await().atMost(PATIENCE).until(() -> number("inbox_update where state = 'PENDING'", telling) == 1 + BUSY);
        say(telling, teller, "/tell %d,%d news".formatted(told.id(), blocked.id()));
        assertThat(answers(teller, 1)).containsExactly("They will hear of it.");
        say(telling, told, "/echo hello");
        assertThat(answers(told, 1)).as("people are answered").containsExactly("hello #1");
        assertThat(number("outbox_message where class = 'BULK' and state = 'PENDING' and attempts = 0", telling))
                .isEqualTo(2);

        say(telling, busy, "/stop");
        assertThat(answers(told, 2)).containsExactly("hello #1", "news");
        await().atMost(PATIENCE).until(() -> installation.unfinished() == 0);
        assertThat(number("outbox_message where class = 'BULK' and state = 'SENT'", telling))
                .isEqualTo(1);
        assertThat(number("outbox_message where class = 'BULK' and state = 'SUPPRESSED'", telling))
                .as("a message to many does not say that the chat can be reached")
                .isEqualTo(1);
    }

    private static long number(String from, SimBot bot) {
        return installation.number("select count(*) from " + from + (from.contains(" where ") ? " and " : " where ")
                + "bot_id = " + bot.id());
    }

    private static void noteUnreachable(SimBot bot, SimChat chat) {
        installation.number("""
                with noted as (
                    insert into chat (bot_id, chat_id, unreachable_at, reason) values (%d, %d, now(), 'blocked') returning 1)
                select count(*) from noted""".formatted(bot.id(), chat.id()));
    }

    private static SimChat chat(SimBot bot, String name) {
        return installation.simulator().privateChat(bot, name);
    }

    private static void say(SimBot bot, SimChat chat, String text) {
        installation.simulator().say(bot, chat, text);
    }

    private static List<String> answers(SimChat chat, int count) {
        return installation.answers(chat, count, PATIENCE);
    }

    private static void awaitTyping(SimChat chat) {
        installation
                .simulator()
                .journal()
                .awaitCalls(call -> call.method().equals("sendChatAction") && call.chatId() == chat.id(), 1, PATIENCE);
    }
}
