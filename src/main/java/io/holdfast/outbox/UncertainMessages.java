package io.holdfast.outbox;

import io.holdfast.database.TurnDatabase;
import io.holdfast.event.Event;
import io.holdfast.event.EventKind;
import io.holdfast.event.Events;
import io.holdfast.kernel.BotId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Messages of which nobody knows whether they arrived and which are not called again by themselves: a person says what became of them. */
@ApplicationScoped
public class UncertainMessages {
    private static final String MINE = "where bot_id = ? and outbox_id = ?";

    @PersistenceContext(unitName = "holdfast")
    private EntityManager entities;

    @Inject
    private TurnDatabase database;

    /** What a person's word did. */
    public enum Resolution {
        RESOLVED,
        /** There is no such message. */
        UNKNOWN,
        /** It is not uncertain, or will be called again by itself. */
        NOT_UNCERTAIN
    }

    /** The newest first, below {@code before}. */
    @Transactional
    public List<OutboxMessage> list(BotId bot, long before, int limit) {
        return entities.createQuery(
                        "select m from OutboxMessage m where m.bot = :bot and m.id < :before and m.state = 'UNCERTAIN'"
                                + " and m.finishedAt is not null order by m.id desc",
                        OutboxMessage.class)
                .setParameter("bot", bot.value())
                .setParameter("before", before)
                .setMaxResults(limit)
                .getResultList();
    }

    /** Somebody has seen it in the chat. */
    @Transactional
    public Resolution markDelivered(BotId bot, long outboxId) {
        return database.run(connection -> resolve(connection, bot, outboxId, OutboxState.SENT));
    }

    /** Somebody has not seen it: it is sent with attempts and a deadline of its own, at least once as ever. */
    @Transactional
    public Resolution sendAgain(BotId bot, long outboxId) {
        return database.run(connection -> resolve(connection, bot, outboxId, OutboxState.PENDING));
    }

    private static Resolution resolve(Connection connection, BotId bot, long outboxId, OutboxState next)
            throws SQLException {
        String sql = "select state, class, finished_at is not null from outbox_message " + MINE + " for update";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setLong(1, bot.value());
            select.setLong(2, outboxId);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    return Resolution.UNKNOWN;
                }
                if (OutboxState.valueOf(row.getString(1)) != OutboxState.UNCERTAIN || !row.getBoolean(3)) {
                    return Resolution.NOT_UNCERTAIN;
                }
                become(connection, bot, outboxId, next, MessageClass.valueOf(row.getString(2)));
                return Resolution.RESOLVED;
            }
        }
    }

    private static void become(
            Connection connection, BotId bot, long outboxId, OutboxState next, MessageClass messageClass)
            throws SQLException {
        boolean delivered = OutboxState.UNCERTAIN.become(next) == OutboxState.SENT;
        if (delivered) {
            deliver(connection, bot, outboxId);
        } else {
            Reopening.reopen(connection, bot, outboxId, messageClass);
        }
        String outcome = delivered ? "DELIVERED" : "SENT_AGAIN";
        Events.record(connection, Event.ofMessage(EventKind.RESOLVED, bot, outboxId, outcome, "by an operator"));
    }

    private static void deliver(Connection connection, BotId bot, long outboxId) throws SQLException {
        String sql = "update outbox_message set state = 'SENT', reason = 'an operator saw it' " + MINE;
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setLong(1, bot.value());
            update.setLong(2, outboxId);
            update.executeUpdate();
        }
    }
}
