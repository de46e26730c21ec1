package io.holdfast.inbox;

import io.holdfast.database.TurnDatabase;
import io.holdfast.kernel.ChatMigrated;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.PreparedStatement;

/** Gives open updates the new id of their chat. Their bytes stay as they came: the chat's state is found by either id. */
@ApplicationScoped
class MigratedUpdates {

    @Inject
    private TurnDatabase database;

    void move(@Observes ChatMigrated event) {
        String sql = """
                update inbox_update u set chat_id = ?, queue_key = ?
                where u.bot_id = ? and u.chat_id = ? and u.state in ('PENDING', 'RETRY')
                  and (u.inbox_id > (select inbox_floor from bot_lease where bot_id = ?)
                       or u.inbox_id in (select ref from due where bot_id = ? and kind = 'INBOX'))
                """;
        database.run(connection -> {
            try (PreparedStatement update = connection.prepareStatement(sql)) {
                update.setLong(1, event.to());
                update.setString(2, "chat:" + event.to());
                update.setLong(3, event.bot().value());
                update.setLong(4, event.from());
                update.setLong(5, event.bot().value());
                update.setLong(6, event.bot().value());
                return update.executeUpdate();
            }
        });
    }
}
