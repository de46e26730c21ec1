package io.holdfast.deadletter;

import io.holdfast.database.EngineDatabase;
import io.holdfast.event.EventKind;
import io.holdfast.event.Events;
import io.holdfast.event.OneNode;
import io.holdfast.kernel.BotId;
import io.holdfast.kernel.HoldfastException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells once each of new P1 letters, of letters past half of their time, and of bots whose letters come in a burst.
 *
 * <p>What was told is noted by compare-and-set, so that it is told once however many look.
 */
@ApplicationScoped
class DeadLetterAlerts {
    private static final Logger LOG = System.getLogger(DeadLetterAlerts.class.getName());
    private static final int PAGE = 1000;
    private static final int BURST = 20;
    private static final Duration BURST_TIME = Duration.ofMinutes(10);

    @Inject
    private EngineDatabase database;

    @Inject
    private Event<DeadLetterAlert> alerts;

    @Inject
    private DeadLetterMetrics metrics;

    @Inject
    private OneNode oneNode;

    /** Tells everything there is to tell now; what could not be read is told at the next round. */
    void tellOrLeave() {
        oneNode.run("dead-letter-alerts", this::tellAllOrLeave);
    }

    private void tellAllOrLeave() {
        try {
            tell();
        } catch (HoldfastException e) {
            LOG.log(Level.WARNING, "Dead letters are looked at in the next round: {0}", e.getMessage());
        }
    }

    /** Answers how many alerts there were. */
    int tell() {
        int told = 0;
        List<DeadLetterAlert> page;
        do {
            page = database.inTransaction(DeadLetterAlerts::markLate);
            page.forEach(this::fire);
            told += page.size();
        } while (page.size() == PAGE);
        List<DeadLetterAlert> bursts = database.inTransaction(DeadLetterAlerts::markBursts);
        bursts.forEach(this::fire);
        return told + bursts.size();
    }

    private void fire(DeadLetterAlert alert) {
        LOG.log(
                Level.WARNING,
                "Dead letters of bot {0}: {1}{2}",
                alert.bot(),
                alert.detail(),
                alert.letter() == null ? "" : ", dead letter " + Long.toString(alert.letter()));
        metrics.alerted(alert.kind());
        alerts.fire(alert);
    }

    private static List<DeadLetterAlert> markLate(Connection connection) throws SQLException {
        // The state of next_alert_at tells another node, which waited for the row, that this one was told.
        String sql = """
                update dead_letter
                set alerted_at = clock_timestamp(),
                    next_alert_at = case when priority = 'P1' and alerted_at is null then parked_at + (due_at - parked_at) / 2 end
                where (bot_id, dead_letter_id) in (
                        select bot_id, dead_letter_id from dead_letter
                        where next_alert_at <= clock_timestamp() order by next_alert_at limit ?)
                  and next_alert_at <= clock_timestamp()
                returning bot_id, dead_letter_id, queue, ref, priority, owner, due_at, next_alert_at is not null
                """;
        List<DeadLetterAlert> told = new ArrayList<>();
        List<io.holdfast.event.Event> events = new ArrayList<>();
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setInt(1, PAGE);
            try (ResultSet row = update.executeQuery()) {
                while (row.next()) {
                    DeadLetterAlert alert = late(row);
                    told.add(alert);
                    events.add(LetterSteps.event(
                            EventKind.ALERTED,
                            alert.bot(),
                            ParkedWork.Queue.valueOf(row.getString(3)),
                            row.getObject(4, Long.class),
                            alert.kind().name(),
                            alert.detail()));
                }
            }
        }
        Events.record(connection, events);
        return told;
    }

    private static DeadLetterAlert late(ResultSet row) throws SQLException {
        var kind = row.getBoolean(8) ? DeadLetterAlert.Kind.NEW_P1 : DeadLetterAlert.Kind.HALF_TIME;
        String detail = "%s of the %s, to be mended until %s"
                .formatted(
                        row.getString(5),
                        row.getString(6),
                        row.getObject(7, OffsetDateTime.class)
                                .withOffsetSameInstant(ZoneOffset.UTC)
                                .toInstant());
        return new DeadLetterAlert(kind, new BotId(row.getLong(1)), row.getLong(2), detail);
    }

    private static List<DeadLetterAlert> markBursts(Connection connection) throws SQLException {
        String sql = """
                with burst as (
                    select bot_id, count(*) as letters from dead_letter
                    where parked_at > clock_timestamp() - ? * interval '1 second'
                    group by bot_id having count(*) > ? order by bot_id)
                insert into dead_letter_burst as b (bot_id, alerted_at) select bot_id, clock_timestamp() from burst
                on conflict (bot_id) do update set alerted_at = excluded.alerted_at
                where b.alerted_at <= clock_timestamp() - ? * interval '1 second'
                returning bot_id, (select letters from burst where burst.bot_id = b.bot_id)
                """;
        List<DeadLetterAlert> told = new ArrayList<>();
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setLong(1, BURST_TIME.toSeconds());
            insert.setInt(2, BURST);
            insert.setLong(3, BURST_TIME.toSeconds());
            try (ResultSet row = insert.executeQuery()) {
                while (row.next()) {
                    told.add(new DeadLetterAlert(
                            DeadLetterAlert.Kind.BURST,
                            new BotId(row.getLong(1)),
                            null,
                            "%d parked within %d minutes".formatted(row.getLong(2), BURST_TIME.toMinutes())));
                }
            }
        }
        Events.record(
                connection,
                told.stream()
                        .map(alert -> io.holdfast.event.Event.ofBot(
                                EventKind.ALERTED, alert.bot(), alert.kind().name(), alert.detail()))
                        .toList());
        return told;
    }
}
