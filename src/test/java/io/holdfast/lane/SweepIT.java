package io.holdfast.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.database.EngineDatabase;
import io.holdfast.inbox.InboxWork;
import io.holdfast.kernel.BotId;
import io.holdfast.kernel.Startup;
import io.holdfast.outbox.OpenMessages;
import io.holdfast.outbox.OutboxMarks;
import io.holdfast.testkit.Deployments;
import jakarta.inject.Inject;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ArquillianExtension.class)
class SweepIT {
    private static final AtomicLong NEXT_BOT = new AtomicLong(800_000_000);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String ACCEPTED = "now() - interval '5 minutes'";

    @Inject
    private Rescue rescue;

    @Inject
    private SweepProbe probe;

    @Inject
    private Lanes lanes;

    @Inject
    private Arrivals arrivals;

    @Inject
    private TakeOver takeOver;

    @Inject
    private InboxWork work;

    @Inject
    private PauseStore pauses;

    @Inject
    private OutboxMarks marks;

    @Inject
    private OpenMessages messages;

    @Inject
    private EngineDatabase database;

    @Inject
    private Startup startup;

    private final List<BotId> bots = new ArrayList<>();
    private BotId bot = new BotId(1);

    @Deployment
    static WebArchive holdfast() {
        return Deployments.holdfast(SweepIT.class, SweepProbe.class)
                .addAsLibraries(Deployments.jarOf(Awaitility.class), Deployments.jarOf(org.hamcrest.Matcher.class));
    }

    @BeforeEach
    void makeBot() throws InterruptedException {
        assertThat(startup.awaitComplete(PATIENCE)).isTrue();
        bot = new BotId(NEXT_BOT.incrementAndGet());
        bots.add(bot);
        UUID tenant = UUID.randomUUID();
        execute("insert into tenant (tenant_id, name) values ('%s', '%s')".formatted(tenant, tenant));
        execute("""
                insert into bot (bot_id, tenant_id, name, username, access, state, intake, token_cipher, route, webhook_secret_hash)
                values (%s, '%s', 'it', 'it_bot', 'OPEN', 'RUNNING', 'WEBHOOK', '\\x00', '%s', '\\x00')
                """.formatted(bot, tenant, UUID.randomUUID()));
        execute("insert into bot_lease (bot_id) values (%s)".formatted(bot));
    }

    @AfterEach
    void removeBots() {
        for (BotId made : bots) {
            lanes.drop(made);
            for (String table :
                    new String[] {"due", "inbox_update", "outbox_message", "dead_letter", "event", "pause", "bot"}) {
                execute("delete from %s where bot_id = %s".formatted(table, made));
            }
        }
    }

    private void take() {
        takeOver.takeOver(List.of(bot));
        assertThat(lanes.holds(bot)).isTrue();
    }

    /** The timer's own run may be under way: then the next one does it. */
    private void rescued(ThrowingRunnable assertion) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            rescue.run();
            assertion.run();
        });
    }

    /** Updates that were accepted behind the lane's back. */
    private void updates(int count, String state, String acceptedAt) {
        updates(count, state, acceptedAt, 42);
    }

    private void updates(int count, String state, String acceptedAt, int chat) {
        execute("""
                insert into inbox_update (bot_id, channel, external_id, kind, queue_key, chat_id, user_id, state, accepted_at,
                                          expires_at, finished_at, payload)
                select %1$s, 'telegram', '%4$s' || n, 'message', '%6$d', %6$d, 7, '%2$s', %3$s, now() + interval '1 hour',
                       case when '%2$s' not in ('PENDING', 'RETRY') then %3$s end,
                       convert_to(format('{"update_id":%%s,"message":{"message_id":%%s,"date":%%s,"text":"/echo tea",
                          "chat":{"id":%6$d,"type":"private"},"from":{"id":7,"is_bot":false,"first_name":"Ann"}}}',
                          n, n, extract(epoch from now())::bigint), 'UTF8')
                from generate_series(1, %5$d) n
                """.formatted(bot, state, acceptedAt, UUID.randomUUID(), count, chat));
    }

    private void messages(int count, String state, String attributes, String values) {
        execute("""
                insert into outbox_message (bot_id, chat_id, class, method, state, created_at, deadline_at, payload, %s)
                select %s, 42, 'REPLY', 'sendMessage', '%s', %s, now() + interval '1 hour', convert_to('{}', 'UTF8'), %s
                from generate_series(1, %d)
                """.formatted(attributes, bot, state, ACCEPTED, values, count));
    }

    private void dueLater(String kind, String table, String key) {
        execute("""
                insert into due (bot_id, kind, ref, due_at)
                select bot_id, '%s', %s, now() + interval '1 hour' from %s where bot_id = %s
                """.formatted(kind, key, table, bot));
    }

    @Test
    void an_update_that_everybody_forgot_has_its_turn_although_2500_before_it_need_no_rescue() {
        updates(2500, "RETRY", ACCEPTED);
        dueLater("INBOX", "inbox_update", "inbox_id");
        take();
        updates(1, "PENDING", ACCEPTED, 43);
        rescued(() -> assertThat(one("select state from inbox_update where queue_key = '43' and bot_id = " + bot))
                .isEqualTo("DONE"));
        assertThat(one(
                        "select string_agg(kind || ' ' || outcome, ',') from event where inbox_id is not null and bot_id = "
                                + bot))
                .isEqualTo("RESCUED REQUEUED");
        assertThat(number("select count(*) from inbox_update where state = 'RETRY' and bot_id = " + bot))
                .isEqualTo(2500);
    }

    @Test
    void what_memory_knows_and_what_is_young_is_left_alone() {
        updates(1, "RETRY", ACCEPTED);
        dueLater("INBOX", "inbox_update", "inbox_id");
        updates(3, "PENDING", ACCEPTED);
        take();
        updates(3, "PENDING", "now()");
        messages(1, "SENT", "finished_at", "now()");
        rescue.run();
        assertThat(number("select count(*) from event where bot_id = " + bot)).isZero();
    }

    @Test
    void a_button_whose_acknowledgement_was_committed_without_an_answer_is_acknowledged() {
        take();
        execute("""
                insert into inbox_update (bot_id, channel, external_id, kind, queue_key, chat_id, user_id, expires_at,
                                          acknowledged_at, payload)
                values (%s, 'telegram', '1', 'callback_query', '42', 42, 7, now() + interval '1 hour', now(), convert_to('%s', 'UTF8'))
                """.formatted(bot, """
                {"update_id":1,"callback_query":{"id":"77","chat_instance":"1","data":"/echo tea",
                 "from":{"id":7,"is_bot":false,"first_name":"Ann"},"message":{"message_id":1,"date":1700000000,
                 "chat":{"id":42,"type":"private"}}}}"""));
        long button = number("select inbox_id from inbox_update where bot_id = " + bot);
        execute("""
                insert into outbox_message (bot_id, inbox_id, chat_id, class, method, deadline_at, payload)
                values (%s, %d, 42, 'CONTROL', 'answerCallbackQuery', now() + interval '1 hour', '\\x7b7d')
                """.formatted(bot, button));
        arrivals.queue(work.open(bot, List.of(button)).getFirst());
        // Sooner than the rescue, which leaves alone what is younger than a minute.
        await().atMost(PATIENCE.dividedBy(2))
                .until(() ->
                        number("select attempts from outbox_message where class = 'CONTROL' and bot_id = " + bot) > 0);
        await().atMost(PATIENCE)
                .until(() -> one("select state from inbox_update where bot_id = " + bot)
                        .equals("DONE"));
    }

    @Test
    void a_pause_that_is_stored_again_is_told_once_and_ends_when_it_ends() {
        Pause pause = new Pause(
                bot,
                42,
                Duration.ofSeconds(60),
                true,
                System.nanoTime() - Duration.ofSeconds(40).toNanos());
        pauses.store(List.of(pause));
        pauses.store(List.of(pause));
        String told = "select count(*) from event where kind = 'THROTTLED' and bot_id = " + bot;
        assertThat(number(told)).isEqualTo(1);
        assertThat(one("select until_at < now() + interval '25 seconds' from pause where bot_id = " + bot))
                .isEqualTo("t");

        execute("update pause set until_at = now() where bot_id = " + bot);
        pauses.store(List.of(new Pause(bot, 42, Duration.ofSeconds(60), true, System.nanoTime())));
        assertThat(number(told)).as("the next one").isEqualTo(2);
    }

    @Test
    void a_call_that_nobody_makes_is_uncertain_and_is_repeated_once() {
        take();
        messages(1, "SENDING", "attempts, sending_at", "1, now() - interval '31 seconds'");
        messages(1, "SENDING", "attempts, sending_at, uncertain_at", "2, now() - interval '31 seconds', now()");
        messages(1, "SENDING", "attempts, sending_at", "1, now() - interval '9 seconds'");
        execute(
                "insert into outbox_message (bot_id, class, method, state, attempts, created_at, sending_at, deadline_at, payload)"
                        + " values (%s, 'REPLY', 'sendDocument', 'SENDING', 1, %s, now() - interval '140 seconds', now(), '\\x7b7d')"
                                .formatted(bot, ACCEPTED));
        rescued(() -> assertThat(
                        one("select string_agg(state || attempts || (finished_at is null), ' ' order by outbox_id)"
                                + " from outbox_message where bot_id = " + bot))
                .isEqualTo("UNCERTAIN1true UNCERTAIN2false SENDING1true SENDING1true"));
        assertThat(one("select string_agg(distinct kind || ' ' || outcome || ' ' || (outbox_id is not null), ',')"
                        + " from event where bot_id = " + bot))
                .isEqualTo("RESCUED UNCERTAIN true");
        assertThat(number("select count(*) from due where kind = 'OUTBOX' and bot_id = " + bot))
                .isEqualTo(1);
    }

    @Test
    void of_a_lost_call_the_next_owner_and_the_rescue_say_the_same() {
        execute("update bot set state = 'SUSPENDED' where bot_id = " + bot);
        List<String> expected = List.of(
                "NOTIFICATION 2 UNCERTAIN a {b,c} doubt open later",
                "NOTIFICATION 1 RETRY b {c} sure open now",
                "NOTIFICATION 1 RETRY b null sure open now",
                "NOTIFICATION 2 UNCERTAIN a null doubt closed never",
                "BULK 2 UNCERTAIN a null doubt closed never",
                "BULK 1 RETRY b null sure open now",
                "REPLY 2 UNCERTAIN a null doubt open later");
        lostCalls();
        assertThat(marks.markLost(bot, 0, null)).isEqualTo(expected.size());
        assertThat(afterLoss()).isEqualTo(expected);
        execute("delete from due where bot_id = " + bot);
        execute("delete from outbox_message where bot_id = " + bot);
        lostCalls();
        assertThat(messages.giveUp(bot, numbers("select outbox_id from outbox_message where bot_id = " + bot)))
                .isEqualTo(expected.size());
        assertThat(afterLoss()).isEqualTo(expected);
    }

    /** By class, by earlier doubt, by parts that follow. */
    private void lostCalls() {
        execute("""
                insert into outbox_message (bot_id, chat_id, class, method, state, attempts, sending_at, deadline_at, payload,
                                            uncertain_at, rest)
                select %s, 42, class, 'sendMessage', 'SENDING', 2, now() - interval '1 minute', now() + interval '1 hour', 'a'::bytea,
                       case when doubt then now() end, rest::bytea[]
                from (values (1, 'NOTIFICATION', false, '{b,c}'), (2, 'NOTIFICATION', true, '{b,c}'), (3, 'NOTIFICATION', true, '{b}'),
                             (4, 'NOTIFICATION', true, null), (5, 'BULK', false, null), (6, 'BULK', false, '{b}'),
                             (7, 'REPLY', false, null)) as v (n, class, doubt, rest)
                order by n
                """.formatted(bot));
    }

    private List<String> afterLoss() {
        return texts("""
                select concat_ws(' ', o.class, o.attempts, o.state, convert_from(o.payload, 'UTF8'),
                    coalesce((select '{' || string_agg(convert_from(part, 'UTF8'), ',') || '}' from unnest(o.rest) part), 'null'),
                    case when o.uncertain_at is null then 'sure' else 'doubt' end,
                    case when o.finished_at is null then 'open' else 'closed' end,
                    case when d.due_at is null then 'never' when d.due_at > clock_timestamp() + interval '2 seconds' then 'later'
                         else 'now' end)
                from outbox_message o left join due d on d.bot_id = o.bot_id and d.kind = 'OUTBOX' and d.ref = o.outbox_id
                where o.bot_id = %s order by o.outbox_id
                """.formatted(bot));
    }

    @Test
    void a_message_that_everybody_forgot_is_sent_although_2500_before_it_need_no_rescue() {
        messages(2500, "RETRY", "reason", "'later'");
        dueLater("OUTBOX", "outbox_message", "outbox_id");
        take();
        messages(1, "PENDING", "reason", "null");
        rescued(() -> assertThat(one("select string_agg(kind || ' ' || outcome, ',') from event where bot_id = " + bot))
                .isEqualTo("RESCUED REQUEUED"));
        assertThat(number("select count(*) from event e join outbox_message o using (bot_id, outbox_id)"
                        + " where o.outbox_id = (select max(outbox_id) from outbox_message where bot_id = %s)"
                                .formatted(bot)))
                .isEqualTo(1);
    }

    @Test
    void a_bot_with_open_work_that_lives_nowhere_is_taken() {
        updates(1, "PENDING", "now()");
        rescued(() -> assertThat(one("select state from inbox_update where bot_id = " + bot))
                .isEqualTo("DONE"));
        assertThat(one("select string_agg(kind || ' ' || outcome, ',') from event where inbox_id is null and bot_id = "
                        + bot))
                .isEqualTo("RESCUED TAKEN_OVER");
    }

    @Test
    void a_bot_whose_rows_cannot_be_read_is_left_while_others_go_on_and_is_taken_once_they_can() throws Exception {
        BotId unreadable = bot;
        updates(1, "PENDING", "now()");
        execute("update inbox_update set payload = '\\x00' where bot_id = " + bot);
        makeBot();
        updates(1, "PENDING", "now()");
        takeOver.takeOver(List.of(unreadable, bot));
        assertThat(lanes.holds(unreadable)).isFalse();
        assertThat(lanes.holds(bot)).isTrue();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(one("select state from inbox_update where bot_id = " + bot))
                        .isEqualTo("DONE"));
        execute(
                "update inbox_update set payload = (select payload from inbox_update where bot_id = %s) where bot_id = %s"
                        .formatted(bot, unreadable));
        rescued(() -> assertThat(one("select state from inbox_update where bot_id = " + unreadable))
                .isEqualTo("DONE"));
    }

    @Test
    void open_updates_of_a_bot_that_nobody_runs_expire_whatever_stands_before_them() {
        execute("update bot set state = 'SUSPENDED' where bot_id = " + bot);
        updates(2500, "RETRY", ACCEPTED);
        dueLater("INBOX", "inbox_update", "inbox_id");
        updates(2, "PENDING", ACCEPTED);
        execute("update inbox_update set expires_at = now() - interval '1 second' where state = 'PENDING' and bot_id = "
                + bot);
        probe.run("inbox.InboxSweep", "expire");
        assertThat(one("select string_agg(state, ',') from inbox_update where state <> 'RETRY' and bot_id = " + bot))
                .isEqualTo("EXPIRED,EXPIRED");
        assertThat(number("select count(*) from event where kind = 'EXPIRED' and inbox_id is not null and bot_id = "
                        + bot))
                .isEqualTo(2);
    }

    @Test
    void what_expires_takes_its_due_row_with_it() {
        execute("update bot set state = 'SUSPENDED' where bot_id = " + bot);
        updates(2, "RETRY", ACCEPTED);
        dueLater("INBOX", "inbox_update", "inbox_id");
        messages(2, "RETRY", "reason", "'later'");
        dueLater("OUTBOX", "outbox_message", "outbox_id");
        execute("update inbox_update set expires_at = now() where bot_id = " + bot);
        execute("update outbox_message set deadline_at = now() where bot_id = " + bot);
        probe.run("inbox.InboxSweep", "expire");
        assertThat(number("select count(*) from due where kind = 'INBOX' and bot_id = " + bot))
                .isZero();
        probe.run("outbox.OutboxSweep", "expire");
        assertThat(number("select count(*) from due where bot_id = " + bot)).isZero();
    }

    @Test
    void a_due_row_of_an_update_that_memory_had_without_it_goes_when_it_is_handed_on() {
        updates(1, "RETRY", ACCEPTED);
        dueLater("INBOX", "inbox_update", "inbox_id");
        updates(1, "PENDING", "now()");
        take();
        execute("""
                insert into due (bot_id, kind, ref, due_at)
                select bot_id, 'INBOX', inbox_id, now() from inbox_update where state = 'PENDING' and bot_id = %s
                """.formatted(bot));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(number("select count(*) from due where bot_id = " + bot))
                        .isEqualTo(1));
        assertThat(one("select state from inbox_update u join due d on d.bot_id = u.bot_id and d.ref = u.inbox_id"
                        + " where u.bot_id = " + bot))
                .isEqualTo("RETRY");
        assertThat(number("select count(*) from inbox_update where state = 'PENDING' and bot_id = " + bot))
                .isEqualTo(1);
    }

    @Test
    void turns_that_waited_before_this_process_took_them_make_no_new_one_be_refused() {
        updates(1, "RETRY", ACCEPTED);
        dueLater("INBOX", "inbox_update", "inbox_id");
        updates(60, "PENDING", ACCEPTED);
        take();
        updates(1, "PENDING", "now()");
        long newest = number("select max(inbox_id) from inbox_update where bot_id = " + bot);
        assertThat(arrivals.handOn(work.open(bot, List.of(newest)))).isEmpty();
        assertThat(lanes.turns().chats().find(bot, newest)).isNotNull();
    }

    @Test
    void updates_of_a_bot_that_a_lane_runs_are_left_to_their_turn() {
        take();
        updates(1, "PENDING", ACCEPTED);
        execute("update inbox_update set expires_at = now() - interval '1 second' where bot_id = " + bot);
        probe.run("inbox.InboxSweep", "expire");
        assertThat(one("select state from inbox_update where bot_id = " + bot)).isEqualTo("PENDING");
    }

    @Test
    void messages_past_their_deadline_expire_and_uncertain_ones_stay_uncertain() {
        take();
        messages(1, "RETRY", "attempts", "1");
        messages(1, "UNCERTAIN", "attempts", "1");
        messages(1, "SENDING", "attempts", "1");
        execute("update outbox_message set deadline_at = now() where bot_id = " + bot);
        probe.run("outbox.OutboxSweep", "expire");
        assertThat(one(
                        "select string_agg(state || (finished_at is null), ' ' order by outbox_id) from outbox_message where bot_id = "
                                + bot))
                .isEqualTo("EXPIREDfalse UNCERTAINfalse SENDINGtrue");
        assertThat(number("select count(*) from event where kind = 'EXPIRED' and outbox_id is not null and bot_id = "
                        + bot))
                .isEqualTo(2);
        assertThat(one("select string_agg(priority || ' ' || reason, ',') from dead_letter where bot_id = " + bot))
                .isEqualTo("P2 EXPIRED");
    }

    @Test
    void finished_rows_go_after_their_time_even_behind_2500_that_must_stay() {
        execute("update bot set state = 'SUSPENDED' where bot_id = " + bot);
        updates(2500, "PARKED", "now() - interval '80 hours'");
        execute("""
                insert into dead_letter (bot_id, queue, ref, priority, owner, reason)
                select bot_id, 'INBOX', inbox_id, 'P1', 'PLATFORM', 'it' from inbox_update where bot_id = %s
                """.formatted(bot));
        updates(2100, "DONE", "now() - interval '80 hours'");
        updates(1, "PENDING", "now() - interval '80 hours'");
        updates(1, "DONE", "now() - interval '71 hours'");
        long before = number("select coalesce(max(event_id), 0) from event where kind = 'PRUNED'");
        probe.run("inbox.InboxSweep", "prune");
        assertThat(one(
                        "select string_agg(state || n, ' ' order by state) from (select state, count(*) as n from inbox_update"
                                + " where bot_id = %s group by state) s".formatted(bot)))
                .isEqualTo("DONE1 PARKED2500 PENDING1");
        assertThat(one(
                        "select string_agg(outcome || ' ' || bot_id || ' ' || reason, ',') from event where kind = 'PRUNED' and event_id > "
                                + before))
                .isEqualTo("inbox_update 0 2100 rows that were kept for PT72H");
        probe.run("inbox.InboxSweep", "prune");
        assertThat(number("select count(*) from event where kind = 'PRUNED' and event_id > " + before))
                .isEqualTo(1);
    }

    @Test
    void messages_events_nodes_and_due_rows_go_too() {
        messages(3, "SENT", "finished_at", "now() - interval '73 hours'");
        messages(1, "UNCERTAIN", "attempts", "1");
        execute("update outbox_message set created_at = now() - interval '80 hours' where bot_id = " + bot);
        execute(
                "insert into event (bot_id, kind, outcome, occurred_at) values (%s, 'RETRIED', 'x', now() - interval '31 days')"
                        .formatted(bot));
        execute(
                "insert into due (bot_id, kind, ref, due_at) values (1, 'OUTBOX', 1, now()), (%s, 'OUTBOX', 1, now() + interval '1 hour')"
                        .formatted(bot));
        execute("insert into node (node_id, incarnation, url, started_at, lease_until, stopped_at) values ('old-%s',"
                        .formatted(bot)
                + " gen_random_uuid(), 'x', now() - interval '40 days', now() - interval '31 days', null)");
        for (String sweep : new String[] {"outbox.OutboxSweep", "event.EventSweep", "due.DueSweep", "node.NodeSweep"}) {
            probe.run(sweep, "prune");
        }
        assertThat(one("select string_agg(state, ',') from outbox_message where bot_id = " + bot))
                .isEqualTo("UNCERTAIN");
        assertThat(number("select count(*) from event where bot_id = " + bot)).isZero();
        assertThat(number("select count(*) from due where bot_id = 1")).isZero();
        assertThat(number("select count(*) from due where bot_id = " + bot)).isEqualTo(1);
        assertThat(number("select count(*) from node where node_id = 'old-%s'".formatted(bot)))
                .isZero();
    }

    private void execute(String sql) {
        database.run(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                return statement.executeUpdate();
            }
        });
    }

    private List<Long> numbers(String sql) {
        return texts(sql).stream().map(Long::valueOf).toList();
    }

    private List<String> texts(String sql) {
        return database.run(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql);
                    ResultSet row = statement.executeQuery()) {
                List<String> texts = new ArrayList<>();
                while (row.next()) {
                    texts.add(row.getString(1));
                }
                return texts;
            }
        });
    }

    private long number(String sql) {
        return Long.parseLong(one(sql));
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
