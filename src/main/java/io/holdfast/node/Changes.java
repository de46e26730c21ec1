package io.holdfast.node;

import io.holdfast.database.Columns;
import io.holdfast.database.TurnDatabase;
import io.holdfast.kernel.Changed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.PreparedStatement;
import java.util.List;

/** Tells all nodes what was changed of that which they keep in memory: in the transaction that changes it, one statement. */
@ApplicationScoped
public class Changes {

    @Inject
    private TurnDatabase database;

    /** Every node fires these within a second of the commit. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void record(Changed... changes) {
        String sql = "insert into change (kind, key) select * from unnest(?::text[], ?::text[])";
        database.run(connection -> {
            try (PreparedStatement insert = connection.prepareStatement(sql)) {
                Columns.from(1, insert, List.of(changes))
                        .texts(change -> change.kind().name())
                        .texts(Changed::key);
                return insert.executeUpdate();
            }
        });
    }
}
