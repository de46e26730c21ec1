package io.holdfast.deadletter;

import io.holdfast.database.TurnDatabase;
import io.holdfast.kernel.BotRemoved;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.PreparedStatement;

/** Closes the open dead letters of a bot with it: nobody can replay them any more, nor must anybody look at them. */
@ApplicationScoped
class RemovedBotLetters {

    @Inject
    private TurnDatabase database;

    void discard(@Observes BotRemoved event) {
        String sql = """
                with discarded as (
                    update dead_letter set state = 'DISCARDED', closed_at = clock_timestamp(), next_alert_at = null
                    where bot_id = ? and state = 'OPEN'
                    returning bot_id, dead_letter_id)
                insert into dead_letter_step (bot_id, dead_letter_id, state, reason)
                select bot_id, dead_letter_id, 'DISCARDED', 'the bot was deleted' from discarded
                """;
        database.run(connection -> {
            try (PreparedStatement update = connection.prepareStatement(sql)) {
                update.setLong(1, event.bot().value());
                return update.executeUpdate();
            }
        });
    }
}
