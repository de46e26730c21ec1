package io.holdfast.fleet;

import io.holdfast.database.TurnDatabase;
import io.holdfast.due.DueRows;
import io.holdfast.event.Event;
import io.holdfast.event.EventKind;
import io.holdfast.event.Events;
import io.holdfast.kernel.BotId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The rows of bots whose token is refused; each method is one transaction. */
@ApplicationScoped
class SuspendedBots {
    private static final Duration FIRST_CHECK = Duration.ofSeconds(60);
    private static final Duration SECOND_CHECK = Duration.ofMinutes(9);
    /** After a check that told nothing. */
    private static final Duration AGAIN = Duration.ofSeconds(60);

    @Inject
    private BotStore store;

    @Inject
    private TurnDatabase database;

    /** False when the bot is gone, or is not at work already. */
    @Transactional
    boolean suspend(BotId bot, String reason) {
        boolean[] changed = {false};
        store.change(bot, row -> {
            if (row.state().canBecome(BotState.SUSPENDED)) {
                row.become(BotState.SUSPENDED, reason);
                changed[0] = true;
            }
        });
        if (changed[0]) {
            database.run(connection -> {
                String sql =
                        "update bot set check_at = clock_timestamp() + ? * interval '1 millisecond', checks = 0 where bot_id = ?";
                try (PreparedStatement update = connection.prepareStatement(sql)) {
                    update.setLong(1, FIRST_CHECK.toMillis());
                    update.setLong(2, bot.value());
                    update.executeUpdate();
                }
                Events.record(
                        connection,
                        List.of(
                                Event.ofBot(EventKind.SUSPENDED, bot, "AUTH", reason),
                                Event.ofBot(EventKind.ALERTED, bot, "SUSPENDED", reason)));
                return true;
            });
        }
        return changed[0];
    }

    /** Whose token is to be tried, and how often it was refused before. */
    record Check(BotId bot, int refusals) {}

    /** The bots whose token is to be tried now; each is handed to one node, and comes again when that node counts no refusal. */
    @Transactional
    List<Check> takeChecks() {
        String sql = """
                update bot set check_at = clock_timestamp() + ? * interval '1 millisecond'
                where state = 'SUSPENDED' and check_at <= clock_timestamp()
                returning bot_id, checks
                """;
        return database.run(connection -> {
            try (PreparedStatement update = connection.prepareStatement(sql)) {
                update.setLong(1, AGAIN.toMillis());
                List<Check> checks = new ArrayList<>();
                try (ResultSet rows = update.executeQuery()) {
                    while (rows.next()) {
                        checks.add(new Check(new BotId(rows.getLong(1)), rows.getInt(2)));
                    }
                }
                return checks;
            }
        });
    }

    /** Counts a refusal of the token; the second is the last. */
    @Transactional
    void refused(Check check) {
        String sql = """
                update bot set checks = checks + 1,
                    check_at = case when checks = 0 then clock_timestamp() + ? * interval '1 millisecond' end
                where bot_id = ? and state = 'SUSPENDED' and checks = ?
                """;
        database.run(connection -> {
            try (PreparedStatement update = connection.prepareStatement(sql)) {
                update.setLong(1, SECOND_CHECK.toMillis());
                update.setLong(2, check.bot().value());
                update.setInt(3, check.refusals());
                return update.executeUpdate();
            }
        });
    }

    /** Lets the bot work again, from wherever it is first looked for; false when it is not suspended any more. */
    @Transactional
    boolean resume(BotId bot, String why) {
        boolean[] changed = {false};
        store.change(bot, row -> {
            if (row.state() == BotState.SUSPENDED) {
                row.become(BotState.VALIDATING, null);
                row.become(BotState.STARTING, null);
                row.become(BotState.RUNNING, null);
                changed[0] = true;
            }
        });
        if (changed[0]) {
            database.run(connection -> {
                DueRows.bringLane(connection, bot);
                Events.record(connection, Event.ofBot(EventKind.RESUMED, bot, "RUNNING", why));
                return true;
            });
        }
        return changed[0];
    }
}
