package io.holdfast.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.database.EngineDatabase;
import io.holdfast.kernel.BotId;
import io.holdfast.kernel.Changed;
import io.holdfast.kernel.ChangesMissed;
import io.holdfast.kernel.Startup;
import io.holdfast.setting.BotSettings;
import io.holdfast.setting.Settings;
import io.holdfast.testkit.Deployments;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ArquillianExtension.class)
class ChangesIT {
    private static final BotId EARLY = new BotId(910_000_001);
    private static final BotId LATE = new BotId(910_000_002);

    @Inject
    private ChangeReader reader;

    @Inject
    private BotSettings settings;

    @Inject
    private Event<ChangesMissed> missed;

    @Inject
    private EngineDatabase database;

    @Inject
    private Startup startup;

    private final ChangeWindow window = new ChangeWindow();

    @Deployment
    static WebArchive holdfast() {
        return Deployments.holdfast(ChangesIT.class);
    }

    @BeforeEach
    void awaitServer() throws InterruptedException {
        assertThat(startup.awaitComplete(Duration.ofSeconds(60))).isTrue();
        assertThat(look()).as("the first look").isEmpty();
    }

    /** Of what this test changes; the server at work changes more. */
    private List<BotId> look() {
        return window.take(reader.read(window.from())).orElse(List.of()).stream()
                .filter(change -> change.kind() == Changed.Kind.SETTINGS)
                .map(Changed::bot)
                .filter(bot -> bot.equals(EARLY) || bot.equals(LATE))
                .toList();
    }

    @Test
    void a_change_that_commits_after_later_ones_were_seen_is_seen() {
        database.inTransaction(slow -> {
            change(slow, EARLY);
            database.run(fast -> change(fast, LATE));
            assertThat(look()).containsExactly(LATE);
            assertThat(look()).isEmpty();
            return true;
        });
        assertThat(look()).containsExactly(EARLY);
        assertThat(look()).isEmpty();
    }

    private static boolean change(Connection connection, BotId bot) throws SQLException {
        return execute(connection, "insert into change (kind, key) values ('SETTINGS', '%s')".formatted(bot));
    }

    @Test
    void old_changes_are_removed_and_young_ones_are_not() {
        database.run(connection -> change(connection, EARLY));
        database.run(connection -> execute(
                connection,
                "insert into change (kind, key, changed_at) values ('SETTINGS', '%s', now() - interval '11 minutes')"
                        .formatted(LATE)));
        assertThat(reader.removeOlderThan(ChangeSweep.KEPT)).isEqualTo(1);
        assertThat(look()).containsExactly(EARLY);
    }

    @Test
    void when_changes_were_missed_all_that_is_kept_is_read_again() {
        BotId bot = new BotId(910_000_003);
        UUID tenant = UUID.randomUUID();
        database.run(connection -> execute(
                connection, "insert into tenant (tenant_id, name) values ('%s', '%s')".formatted(tenant, tenant)));
        database.run(connection -> execute(connection, """
                insert into bot (bot_id, tenant_id, name, username, access, state, intake, token_cipher, route, webhook_secret_hash)
                values (%s, '%s', 'it', 'it_bot', 'OPEN', 'RUNNING', 'WEBHOOK', '\\x00', '%s', '\\x00')
                """.formatted(bot, tenant, UUID.randomUUID())));
        assertThat(settings.of(bot)).isEqualTo(Settings.DEFAULTS);
        database.run(connection -> execute(
                connection,
                "insert into bot_setting (bot_id, name, value) values (%s, 'throttle', 'off')".formatted(bot)));
        assertThat(settings.of(bot)).as("nobody told of it").isEqualTo(Settings.DEFAULTS);
        missed.fire(new ChangesMissed());
        assertThat(settings.of(bot).throttle()).isFalse();
        database.run(connection -> execute(connection, "delete from bot where bot_id = " + bot));
    }

    private static boolean execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql) == 1;
        }
    }
}
