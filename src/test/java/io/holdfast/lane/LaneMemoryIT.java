package io.holdfast.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.database.EngineDatabase;
import io.holdfast.due.DueKind;
import io.holdfast.due.DueWork;
import io.holdfast.inbox.AcceptedUpdate;
import io.holdfast.inbox.InboxWork;
import io.holdfast.kernel.BotId;
import io.holdfast.kernel.Startup;
import io.holdfast.testkit.Deployments;
import jakarta.inject.Inject;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A server that keeps 20 open updates of a bot in memory. */
@ExtendWith(ArquillianExtension.class)
class LaneMemoryIT {
    private static final int MEMORY = 20;
    private static final AtomicLong NEXT_BOT = new AtomicLong(810_000_000);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Inject
    private TakeOver takeOver;

    @Inject
    private Lanes lanes;

    @Inject
    private Arrivals arrivals;

    @Inject
    private DueRound round;

    @Inject
    private InboxWork work;

    @Inject
    private EngineDatabase database;

    @Inject
    private Startup startup;

    private BotId bot = new BotId(1);

    @Deployment
    static WebArchive holdfast() {
        return Deployments.holdfast(LaneMemoryIT.class)
                .addAsResource(
                        new StringAsset("holdfast.lane.memory=" + MEMORY), "META-INF/microprofile-config.properties")
                .addAsLibraries(Deployments.jarOf(Awaitility.class), Deployments.jarOf(org.hamcrest.Matcher.class));
    }

    @BeforeEach
    void makeBot() throws InterruptedException {
        assertThat(startup.awaitComplete(PATIENCE)).isTrue();
        bot = new BotId(NEXT_BOT.incrementAndGet());
        UUID tenant = UUID.randomUUID();
        execute("insert into tenant (tenant_id, name) values ('%s', '%s')".formatted(tenant, tenant));
        execute("""
                insert into bot (bot_id, tenant_id, name, username, access, state, intake, token_cipher, route, webhook_secret_hash)
                values (%s, '%s', 'it', 'it_bot', 'OPEN', 'RUNNING', 'WEBHOOK', '\\x00', '%s', '\\x00')
                """.formatted(bot, tenant, UUID.randomUUID()));
        execute("insert into bot_lease (bot_id) values (%s)".formatted(bot));
    }

    @AfterEach
    void removeBot() {
        lanes.drop(bot);
        for (String table : new String[] {"due", "inbox_update", "outbox_message", "event", "bot"}) {
            execute("delete from %s where bot_id = %s".formatted(table, bot));
        }
    }

    /** Of chats 1 to {@code chats} in turn. */
    private void updates(int count, int chats, String state) {
        execute("""
                insert into inbox_update (bot_id, channel, external_id, kind, queue_key, chat_id, user_id, state, accepted_at,
                                          expires_at, finished_at, payload)
                select %1$s, 'telegram', '%2$s' || n, 'message', 'chat:' || (1 + n %% %3$d), 1 + n %% %3$d, 7, '%4$s', now(),
                       now() + interval '1 hour', case when '%4$s' not in ('PENDING', 'RETRY') then now() end,
                       convert_to(format('{"update_id":%%s,"message":{"message_id":%%s,"date":%%s,"text":"/echo tea",
                          "chat":{"id":%%s,"type":"private"},"from":{"id":7,"is_bot":false,"first_name":"Ann"}}}',
                          n, n, extract(epoch from now())::bigint, 1 + n %% %3$d), 'UTF8')
                from generate_series(1, %5$d) n
                """.formatted(bot, UUID.randomUUID(), chats, state, count));
    }

    private void due(String dueAt) {
        execute("""
                insert into due (bot_id, kind, ref, due_at)
                select bot_id, 'INBOX', inbox_id, %s from inbox_update where bot_id = %s
                on conflict (bot_id, kind, ref) do update set due_at = excluded.due_at, handed_at = null
                """.formatted(dueAt, bot));
    }

    @Test
    void what_comes_in_while_older_work_of_its_bot_is_on_its_way_waits_for_it() {
        takeOver.takeOver(List.of(bot));
        updates(3, 1, "PENDING");
        List<Long> ids = ids();
        // Nothing is handed on meanwhile: that takes as long as it takes.
        takeOver.whileNoneIsTaken(() -> {
            execute("insert into due (bot_id, kind, ref, due_at) values (%s, 'INBOX', %d, now())"
                    .formatted(bot, ids.getFirst()));
            round.take(() -> List.of(new DueWork(bot, DueKind.INBOX, ids.getFirst())));
            assertThat(arrivals.handOn(work.open(bot, List.of(ids.get(1))))).isEmpty();
            round.handedOn();
            // What came between must be queued before this one.
            assertThat(arrivals.handOn(work.open(bot, List.of(ids.get(2))))).isEmpty();
            assertThat(Objects.requireNonNull(lanes.held(bot)).late).containsOnlyKeys(ids.get(1), ids.get(2));
            assertThat(lanes.turns().size(bot)).isZero();
        });
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(one("select string_agg(convert_from(payload, 'UTF8')::json ->> 'text', ' '"
                                        + " order by outbox_id) from outbox_message where bot_id = " + bot))
                                .isEqualTo("tea #1 tea #2 tea #3"));
        assertThat(outOfOrder()).isEqualTo("0");
    }

    @Test
    void due_work_over_the_cap_waits_in_the_database_and_is_done_in_the_order_of_its_chat() {
        updates(1, 1, "RETRY");
        due("now() + interval '1 hour'");
        updates(5 * MEMORY, 1, "PENDING");
        due("now() + interval '1 hour'");
        takeOver.takeOver(List.of(bot));
        assertThat(lanes.turns().size(bot)).isEqualTo(MEMORY);
        due("now()");
        AtomicLong most = new AtomicLong();
        await().pollInterval(Duration.ofMillis(20)).atMost(PATIENCE).untilAsserted(() -> {
            most.accumulateAndGet(lanes.turns().size(bot), Math::max);
            assertThat(one("select count(*) from inbox_update where state = 'DONE' and bot_id = " + bot))
                    .isEqualTo(Integer.toString(5 * MEMORY + 1));
        });
        assertThat(most.get()).isPositive().isLessThanOrEqualTo(MEMORY);
        assertThat(outOfOrder()).isEqualTo("0");
    }

    @Test
    void what_is_accepted_while_much_waits_in_the_database_overtakes_nothing() {
        updates(5 * MEMORY, 3, "PENDING");
        takeOver.takeOver(List.of(bot));
        for (int i = 0; i < 5; i++) {
            long before = Long.parseLong(one("select max(inbox_id) from inbox_update where bot_id = " + bot));
            updates(MEMORY, 3, "PENDING");
            arrivals.handOn(work.unfinished(bot, before, before, MEMORY));
        }
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                one("select count(*) from inbox_update where state = 'DONE' and bot_id = " + bot))
                        .isEqualTo(Integer.toString(10 * MEMORY)));
        assertThat(outOfOrder()).isEqualTo("0");
    }

    @Test
    void what_is_read_of_a_bot_is_a_page_of_due_and_undue_rows_in_the_order_of_their_ids() {
        updates(6, 1, "PENDING");
        updates(6, 1, "DONE");
        due("now() + interval '1 hour'");
        long floor = Long.parseLong(one("select max(inbox_id) from inbox_update where bot_id = " + bot));
        updates(2, 1, "DONE");
        updates(6, 1, "PENDING");
        execute(
                "insert into due (bot_id, kind, ref, due_at) select bot_id, 'INBOX', max(inbox_id), now() + interval '1 hour'"
                        + " from inbox_update where bot_id = %s group by bot_id".formatted(bot));
        List<Long> read = new ArrayList<>();
        List<AcceptedUpdate> page = work.unfinished(bot, 0, floor, 5);
        while (!page.isEmpty()) {
            page.forEach(row -> read.add(row.inboxId()));
            page = work.unfinished(bot, read.getLast(), floor, 5);
        }
        assertThat(read).hasSize(12).isSorted().doesNotHaveDuplicates();
    }

    private List<Long> ids() {
        String ids =
                one("select string_agg(inbox_id::text, ' ' order by inbox_id) from inbox_update where bot_id = " + bot);
        return Stream.of(ids.split(" ")).map(Long::valueOf).toList();
    }

    /** Of each chat the updates that ended before an older one. */
    private String outOfOrder() {
        return one("""
                select count(*) from (
                    select finished_at < lag(finished_at) over (partition by queue_key order by inbox_id) as early
                    from inbox_update where bot_id = %s) o
                where early
                """.formatted(bot));
    }

    private void execute(String sql) {
        database.run(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                return statement.executeUpdate();
            }
        });
    }

    private String one(String sql) {
        return database.run(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql);
                    ResultSet row = statement.executeQuery()) {
                assertThat(row.next()).as(sql).isTrue();
                return String.valueOf(row.getString(1));
            }
        });
    }
}
