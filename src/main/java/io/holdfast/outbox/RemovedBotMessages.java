package io.holdfast.outbox;

import io.holdfast.database.TurnDatabase;
import io.holdfast.due.DueKind;
import io.holdfast.due.DueRows;
import io.holdfast.kernel.BotRemoved;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.PreparedStatement;

/**
 * Withdraws the unsent messages of a bot with it, so that none is sent when the bot is registered again.
 *
 * <p>A message that may have arrived stays UNCERTAIN, finished without its second call; a call in flight settles by itself.
 */
@ApplicationScoped
class RemovedBotMessages {

    @Inject
    private TurnDatabase database;

    void cancel(@Observes @Priority(BotRemoved.OUTBOUND) BotRemoved event) {
        String sql = """
                update outbox_message o
                set state = case o.state when 'UNCERTAIN' then 'UNCERTAIN' else 'CANCELLED' end,
                    reason = 'the bot was deleted', finished_at = clock_timestamp()
                where o.bot_id = ? and o.state in ('PENDING', 'RETRY', 'UNCERTAIN') and o.finished_at is null
                  and (o.outbox_id > (select outbox_floor from bot_lease where bot_id = ?)
                       or o.outbox_id in (select ref from due where bot_id = ? and kind = 'OUTBOX'))
                """;
        database.run(connection -> {
            try (PreparedStatement update = connection.prepareStatement(sql)) {
                update.setLong(1, event.bot().value());
                update.setLong(2, event.bot().value());
                update.setLong(3, event.bot().value());
                update.executeUpdate();
            }
            DueRows.removeAll(connection, event.bot(), DueKind.OUTBOX);
            return true;
        });
    }
}
