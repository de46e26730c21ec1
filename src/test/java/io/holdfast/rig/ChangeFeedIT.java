package io.holdfast.rig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.simulator.SimBot;
import io.holdfast.simulator.SimChat;
import io.holdfast.simulator.SimulatorConfig;
import io.holdfast.testkit.HoldfastClient;
import io.holdfast.testkit.ServerProcess;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two nodes on one database: what is changed at the one is so at the other, without a restart. */
class ChangeFeedIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final AtomicInteger UPDATES = new AtomicInteger();

    private static Installation installation;
    private static ServerProcess second;
    private static HoldfastClient atSecond;

    @BeforeAll
    static void start() {
        installation = Installation.start(ServerProcess.built(), SimulatorConfig.defaults());
        second = installation.prepareNode().start().awaitReady();
        atSecond =
                second.client().withToken(String.valueOf(installation.client().token()));
    }

    @AfterAll
    static void stop() {
        second.close();
        installation.close();
    }

    private static int deliverToSecond(SimBot bot, SimChat chat, String text) throws IOException, InterruptedException {
        return installation
                .deliver(second, bot, """
                {"update_id":%1$d,"message":{"message_id":%1$d,"date":%2$d,"text":"%3$s","chat":{"id":%4$d,"type":"private"},
                 "from":{"id":%4$d,"is_bot":false,"first_name":"Ann"}}}
                """.formatted(
                                UPDATES.incrementAndGet(), System.currentTimeMillis() / 1000, text, chat.id()))
                .statusCode();
    }

    private static String throttleAtSecond(SimBot bot) {
        return atSecond.send("GET", "/api/v1/bots/%d/settings".formatted(bot.id()), null)
                .body()
                .path("throttle")
                .asText();
    }

    /** The next update of the bot brings its lane to the second node. */
    private static void moveToSecond(SimBot bot) {
        execute("update bot_lease set node_id = '%s' where bot_id = %d"
                .formatted(second.environment().get("HOLDFAST_NODE_ID"), bot.id()));
    }

    private static boolean livesNowhere(SimBot bot) {
        return installation.number("select count(*) from bot_lease where node_id is null and bot_id = " + bot.id())
                == 1;
    }

    private static void execute(String sql) {
        installation.database().execute(sql);
    }

    @Test
    void a_setting_that_is_put_at_one_node_holds_at_the_other() {
        SimBot bot = installation.registerBot("settings_bot");
        assertThat(throttleAtSecond(bot)).isEqualTo("on");
        installation.client().putSettings(bot.id(), HoldfastClient.object().put("throttle", "off"));
        await().atMost(PATIENCE).until(() -> throttleAtSecond(bot).equals("off"));
        atSecond.putSettings(bot.id(), HoldfastClient.object().put("throttle", "on"));
        assertThat(throttleAtSecond(bot)).as("at once where it is put").isEqualTo("on");
    }

    @Test
    void a_setting_whose_transaction_ends_after_later_ones_holds_too() throws SQLException {
        SimBot early = installation.registerBot("early_bot");
        SimBot late = installation.registerBot("late_bot");
        assertThat(throttleAtSecond(early)).isEqualTo("on");
        assertThat(throttleAtSecond(late)).isEqualTo("on");
        try (Connection slow = installation.database().connectAsApplication();
                Statement statement = slow.createStatement()) {
            slow.setAutoCommit(false);
            statement.execute("insert into change (kind, key) values ('SETTINGS', '%d')".formatted(early.id()));
            statement.execute("insert into bot_setting (bot_id, name, value) values (%d, 'throttle', 'off')"
                    .formatted(early.id()));
            installation.client().putSettings(late.id(), HoldfastClient.object().put("throttle", "off"));
            await().atMost(PATIENCE).until(() -> throttleAtSecond(late).equals("off"));
            slow.commit();
        }
        await().atMost(PATIENCE).until(() -> throttleAtSecond(early).equals("off"));
    }

    @Test
    void a_bot_that_is_registered_and_removed_at_one_node_comes_and_goes_at_the_other() throws Exception {
        SimBot bot = installation.registerBot("coming_bot");
        SimChat chat = installation.simulator().privateChat(bot, "Ann");
        moveToSecond(bot);
        assertThat(deliverToSecond(bot, chat, "/echo m1")).isEqualTo(200);
        assertThat(installation.answers(chat, 1, PATIENCE)).hasSize(1);
        installation.client().deleteBot(bot.id());
        await().atMost(PATIENCE).until(() -> deliverToSecond(bot, chat, "/echo m2") == 404);
    }

    @Test
    void a_bot_that_another_node_suspends_is_let_go_and_one_that_it_resumes_works() throws Exception {
        SimBot bot = installation.registerBot("suspended_bot");
        SimChat chat = installation.simulator().privateChat(bot, "Ann");
        moveToSecond(bot);
        assertThat(deliverToSecond(bot, chat, "/echo m1")).isEqualTo(200);
        assertThat(installation.answers(chat, 1, PATIENCE)).hasSize(1);
        assertThat(livesNowhere(bot)).isFalse();

        try (Connection other = installation.database().connectAsApplication();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("update bot set state = 'SUSPENDED' where bot_id = " + bot.id());
            statement.execute("insert into change (kind, key) values ('BOT', '%d')".formatted(bot.id()));
            other.commit();
        }
        await().atMost(PATIENCE).until(() -> livesNowhere(bot));
        assertThat(deliverToSecond(bot, chat, "/echo m2")).isEqualTo(200);
        assertThat(installation.number(
                        "select count(*) from inbox_update where state = 'PENDING' and bot_id = " + bot.id()))
                .isEqualTo(1);

        assertThat(installation
                        .client()
                        .send("POST", "/api/v1/bots/%d/resume".formatted(bot.id()), null)
                        .status())
                .isEqualTo(200);
        assertThat(installation.answers(chat, 2, PATIENCE).getLast()).startsWith("m2");
    }
}
