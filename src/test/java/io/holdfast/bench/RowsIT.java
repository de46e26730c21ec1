package io.holdfast.bench;

import io.holdfast.rig.Installation;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Run it with {@code -Drows=1000} and with {@code -Drows=10000000} to compare. */
@Tag("bench")
@Tag("rows")
class RowsIT {
    private static final double PER_SECOND = 300;

    private static final String UPDATES = """
            insert into inbox_update (bot_id, channel, external_id, kind, queue_key, chat_id, user_id, state,
                                      accepted_at, expires_at, finished_at, payload)
            select b.bot_id, 'telegram', 'old-' || i, 'message', 'c' || i % 100000, i % 100000, i % 100000, 'DONE',
                   t, t + interval '10 minutes', t + interval '1 second', decode(repeat('ab', 400), 'hex')
            from (select i, now() - (:rows - i) * interval '3 hours' / :rows as t
                  from generate_series(1::bigint, :rows) i) s
            join (select bot_id, row_number() over () - 1 as n, count(*) over () as bots from bot) b on b.n = s.i % b.bots
            order by s.i
            """;
    private static final String MESSAGES = """
            insert into outbox_message (bot_id, inbox_id, chat_id, class, method, state, attempts, created_at, deadline_at,
                                        sending_at, finished_at, channel_message_id, outcome, payload)
            select bot_id, inbox_id, chat_id, 'REPLY', 'sendMessage', 'SENT', 1, accepted_at, expires_at,
                   finished_at, finished_at, inbox_id, 'DELIVERED', decode(repeat('ab', 60), 'hex')
            from inbox_update where external_id like 'old-%' order by inbox_id
            """;

    @Test
    void how_long_an_answer_takes_beside_many_stored_rows() throws Exception {
        Bench.run("rows", bench -> {
            long rows = Long.getLong("rows", bench.size().of(100_000, 1_000_000, 10_000_000));
            bench.sheet().fact("rows", "%,d finished updates and as many messages".formatted(rows));
            try (Subject subject = Subject.start(bench)) {
                Talks talks = subject.talks(100, 2000);
                fill(subject.installation(), rows);
                subject.restart();
                Pace.warmUp(bench, talks);
                Pace.measure(bench, subject, talks, PER_SECOND);
                bench.sheet()
                        .figure(
                                "size of the database",
                                subject.installation().number("select pg_database_size(current_database())")
                                        / (double) (1 << 20),
                                "MiB");
            }
        });
    }

    /** Of the last three hours, dealt out to all bots, as finished updates with their answers are. */
    private static void fill(Installation installation, long rows) throws SQLException {
        try (Connection connection = installation.database().connect();
                Statement statement = connection.createStatement()) {
            // Ten million rows take longer than a minute.
            connection.setNetworkTimeout(Runnable::run, 0);
            statement.execute(UPDATES.replace(":rows", Long.toString(rows)));
            statement.execute(MESSAGES);
            statement.execute("vacuum analyze");
            statement.execute("checkpoint");
        }
    }
}
