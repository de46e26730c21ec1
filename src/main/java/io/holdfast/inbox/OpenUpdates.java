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
        String page = """
                select u.inbox_id as id, u.accepted_at > now() - interval '60 seconds' as fresh,
                       u.accepted_at > now() - interval '60 seconds' as young,
                       u.state in ('PENDING', 'RETRY') as open,
                       u.state in ('PENDING', 'RETRY')
                       and not exists (select 1 from due d
                                       where d.bot_id = u.bot_id and d.kind = 'INBOX' and d.ref = u.inbox_id) as unaided,
                       u.expires_at < now() - interval '60 seconds' as late
                from inbox_update u
                where u.bot_id = k.bot_id and u.inbox_id > k.after
                order by u.inbox_id
                limit %d
                """.formatted(OpenWork.PAGE);
        return database.run(connection -> OpenWork.read(connection, page, after));
    }
}
