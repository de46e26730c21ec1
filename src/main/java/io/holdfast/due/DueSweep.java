package io.holdfast.due;

import io.holdfast.database.EngineDatabase;
import io.holdfast.event.Sweeps;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.PreparedStatement;

/** Removes due rows of bots that are gone: a call that ended after its bot was deleted may have left one. */
@ApplicationScoped
class DueSweep {
    private static final int PAGE = 1000;

    @Inject
    private Sweeps sweeps;

    @Inject
    private EngineDatabase database;

    void prune() {
        sweeps.runOnOneNode("prune-due", this::prune);
    }

    private void prune(Sweeps.Tally tally) {
        int removed;
        do {
            removed = removePage();
            tally.add("removed", removed);
        } while (removed == PAGE);
    }

    /** Every row of the page goes, so that the next page is another one. */
    private int removePage() {
        String sql = """
                delete from due where (bot_id, kind, ref) in (
                    select d.bot_id, d.kind, d.ref from due d
                    where not exists (select 1 from bot b where b.bot_id = d.bot_id)
                    order by d.bot_id, d.kind, d.ref limit ?)
                """;
        return database.run(connection -> {
            try (PreparedStatement delete = connection.prepareStatement(sql)) {
                delete.setInt(1, PAGE);
                return delete.executeUpdate();
            }
        });
    }
}
