package io.holdfast.inbox;

import io.holdfast.database.EngineDatabase;
import io.holdfast.due.OpenWork;
import io.holdfast.kernel.BotId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;

/** Reads a bot's updates page by page, to find open ones that nobody has in mind. */
@ApplicationScoped
public class OpenUpdates {

    @Inject
    private EngineDatabase database;

    /** The next page of each bot above the id that stands with it; none for a bot that has no more. */
    public List<OpenWork> read(Map<BotId, Long> after) {
        String sql = """
                select p.bot_id, p.inbox_id, p.young,
                       p.open and not exists (select 1 from due d
                                              where d.bot_id = p.bot_id and d.kind = 'INBOX' and d.ref = p.inbox_id),
                       p.open and p.late, p.last, p.size
                from unnest(?::bigint[], ?::bigint[]) as k (bot_id, after)
                cross join lateral (
                    select u.bot_id, u.inbox_id, u.state in ('PENDING', 'RETRY') as open,
                           u.accepted_at > now() - interval '60 seconds' as young,
                           u.expires_at < now() - interval '60 seconds' as late,
                           max(u.inbox_id) over () as last, count(*) over () as size
                    from (select * from inbox_update u where u.bot_id = k.bot_id and u.inbox_id > k.after
                          order by u.inbox_id limit %d) u) p
                where p.open or p.young or p.inbox_id = p.last
                order by p.bot_id, p.inbox_id
                """.formatted(OpenWork.PAGE);
        return database.run(connection -> OpenWork.read(connection, sql, after));
    }
}
