package io.holdfast.inbox;

import io.holdfast.database.TurnDatabase;
import io.holdfast.due.DueKind;
import io.holdfast.due.DueRows;
import io.holdfast.kernel.BotRemoved;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.PreparedStatement;

/** Closes the open updates of a bot with it, so that none gets its turn when the bot is registered again. */
@ApplicationScoped
class RemovedBotUpdates {

    @Inject
    private TurnDatabase database;

    /** Waits for a turn that is in its transaction, and leaves what that one has closed. */
    void cancel(@Observes @Priority(BotRemoved.INBOUND) BotRemoved event) {
        String sql = """
                update inbox_update u
                set state = 'CANCELLED', reason = 'the bot was deleted', finished_at = clock_timestamp()
                where u.bot_id = ? and u.state in ('PENDING', 'RETRY')
                  and (u.inbox_id > (select inbox_floor from bot_lease where bot_id = ?)
                       or u.inbox_id in (select ref from due where bot_id = ? and kind = 'INBOX'))
                """;
        database.run(connection -> {
            try (PreparedStatement update = connection.prepareStatement(sql)) {
                update.setLong(1, event.bot().value());
                update.setLong(2, event.bot().value());
                update.setLong(3, event.bot().value());
                update.executeUpdate();
            }
            DueRows.removeAll(connection, event.bot(), DueKind.INBOX);
            return true;
        });
    }
}
