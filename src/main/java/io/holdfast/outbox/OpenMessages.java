package io.holdfast.outbox;

import io.holdfast.database.EngineDatabase;
import io.holdfast.due.OpenWork;
import io.holdfast.event.Event;
import io.holdfast.event.EventKind;
import io.holdfast.event.Events;
import io.holdfast.kernel.BotId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Reads a bot's messages page by page, to find unfinished ones that nobody has in mind, and gives up lost calls. */
@ApplicationScoped
public class OpenMessages {
    /** A call ends within 10 s, one that may carry a file within 120 s; its settlement follows. */
    private static final String CALL_IS_OVER = """
            sending_at < now() - case when method like 'send%' and method not in ('sendMessage', 'sendChatAction')
                                      then interval '150 seconds' else interval '30 seconds' end
            """;

    private static final String UNFINISHED =
            "o.state in ('PENDING', 'RETRY', 'SENDING', 'UNCERTAIN') and o.finished_at is null";

    @Inject
    private EngineDatabase database;

    /** The next page of each bot above the id that stands with it; none for a bot that has no more. */
    public List<OpenWork> read(Map<BotId, Long> after) {
        String page = """
                select o.outbox_id as id, o.created_at > now() - interval '60 seconds' as fresh,
                       o.created_at > now() - interval '60 seconds' or o.state = 'SENDING' and not CALL_IS_OVER as young,
                       OPEN as open,
                       OPEN and (o.state = 'SENDING' or not exists (
                           select 1 from due d
                           where d.bot_id = o.bot_id and d.kind = 'OUTBOX' and d.ref = o.outbox_id)) as unaided,
                       o.deadline_at < now() - interval '60 seconds' or o.state = 'SENDING' and CALL_IS_OVER as late
                from outbox_message o
                where o.bot_id = k.bot_id and o.outbox_id > k.after
                order by o.outbox_id
                limit PAGE
                """.replace("CALL_IS_OVER", "(" + CALL_IS_OVER + ")")
                .replace("OPEN", "(" + UNFINISHED + ")")
                .replace("PAGE", Integer.toString(OpenWork.PAGE));
        return database.run(connection -> OpenWork.read(connection, page, after));
    }

    /**
     * Takes note that these calls may or may not have arrived, with an event each; what {@link LostCalls} has called again gets a due row.
     *
     * @return how many there were; a call that was settled meanwhile is none
     */
    public int giveUp(BotId bot, Collection<Long> outboxIds) {
        return database.inTransaction(connection -> giveUp(connection, bot, outboxIds));
    }

    private static int giveUp(Connection connection, BotId bot, Collection<Long> outboxIds) throws SQLException {
        String which = "o.outbox_id = any(?::bigint[]) and " + CALL_IS_OVER;
        List<Long> lost = LostCalls.mark(
                connection,
                bot,
                "its call was lost sight of",
                which,
                (mark, first) -> mark.setArray(first, connection.createArrayOf("bigint", outboxIds.toArray())));
        Events.record(
                connection,
                lost.stream()
                        .map(outboxId -> Event.ofMessage(
                                EventKind.RESCUED,
                                bot,
                                outboxId,
                                OutboxState.UNCERTAIN.name(),
                                "it was being sent for longer than a call may take, and no call was in flight"))
                        .toList());
        return lost.size();
    }
}
