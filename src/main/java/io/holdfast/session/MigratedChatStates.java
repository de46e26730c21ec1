package io.holdfast.session;

import io.holdfast.database.TurnDatabase;
import io.holdfast.kernel.ChatMigrated;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.PreparedStatement;

/** Takes what a chat remembers along to its new id; where both ids remember something, the one that was written more often counts. */
@ApplicationScoped
class MigratedChatStates {

    @Inject
    private TurnDatabase database;

    void move(@Observes ChatMigrated event) {
        String sql = """
                with moved as (
                    delete from chat_state where bot_id = ? and chat_id = ? returning name, version, body)
                insert into chat_state (bot_id, chat_id, name, version, body)
                select ?, ?, name, version, body from moved
                on conflict (bot_id, chat_id, name) do update
                    set version = excluded.version, body = excluded.body, changed_at = now()
                    where chat_state.version < excluded.version
                """;
        database.run(connection -> {
            try (PreparedStatement move = connection.prepareStatement(sql)) {
                move.setLong(1, event.bot().value());
                move.setLong(2, event.from());
                move.setLong(3, event.bot().value());
                move.setLong(4, event.to());
                return move.executeUpdate();
            }
        });
    }
}
