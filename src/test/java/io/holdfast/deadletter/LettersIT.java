package io.holdfast.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.database.EngineDatabase;
import io.holdfast.deadletter.ParkedWork.Owner;
import io.holdfast.deadletter.ParkedWork.Priority;
import io.holdfast.deadletter.ParkedWork.Queue;
import io.holdfast.kernel.BotId;
import io.holdfast.kernel.Startup;
import io.holdfast.testkit.Deployments;
import jakarta.inject.Inject;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ArquillianExtension.class)
class LettersIT {
    private static final AtomicLong NEXT_BOT = new AtomicLong(800_000_000);
    private static final int THREADS = 8;

    @Inject
    private DeadLetterActions actions;

    @Inject
    private DeadLetterAlerts alerts;

    @Inject
    private DeadLetterPrune prune;

    @Inject
    private DeadLetterJobs jobs;

    @Inject
    private DeadLetterJobWorker worker;

    @Inject
    private DeadLetterList list;

    @Inject
    private EngineDatabase database;

    @Inject
    private Startup startup;

    private BotId bot = new BotId(1);
    private UUID tenant = UUID.randomUUID();

    @Deployment
    static WebArchive holdfast() {
        return Deployments.holdfast(LettersIT.class);
    }

    @BeforeEach
    void makeBot() throws InterruptedException {
        startup.awaitComplete(Duration.ofSeconds(60));
        bot = new BotId(NEXT_BOT.incrementAndGet());
        tenant = makeTenant();
        registerFor(tenant);
    }

    /** Its token is none: a vault that starts on it would refuse. */
    @AfterEach
    void removeBot() {
        execute("delete from bot where bot_id = " + bot);
        execute("delete from dead_letter where bot_id = " + bot);
    }

    @Test
    void parked_work_has_its_tenant_its_deadlines_and_its_history() {
        long id = park(Queue.INBOX, parkedUpdate("now() + interval '1 hour'"), Priority.P1);
        assertThat(one("select tenant_id from dead_letter where dead_letter_id = " + id))
                .isEqualTo(tenant.toString());
        assertThat(one(
                        "select due_at - parked_at = interval '4 hours' and triage_at - parked_at = interval '30 minutes'"
                                + " from dead_letter where dead_letter_id = " + id))
                .isEqualTo("t");
        assertThat(history(id)).containsExactly("OPEN null boom");
    }

    @Test
    void parking_an_open_letter_again_changes_nothing_and_a_replayed_one_opens_again_with_its_history() {
        long row = parkedUpdate("now() + interval '1 hour'");
        long id = park(Queue.INBOX, row, Priority.P2);
        park(Queue.INBOX, row, Priority.P2);
        assertThat(history(id)).containsExactly("OPEN null boom");
        assertThat(actions.replay(id, "ada", false)).isEqualTo(new LetterOutcome.Done());
        assertThat(park(Queue.INBOX, row, Priority.P2)).isEqualTo(id);
        DeadLetter letter = list.find(id).orElseThrow();
        assertThat(letter.state()).isEqualTo(DeadLetterState.OPEN);
        assertThat(letter.replays()).isEqualTo(1);
        assertThat(letter.closedAt()).isNull();
        assertThat(history(id)).containsExactly("OPEN null boom", "REPLAYED ada null", "OPEN null boom");
    }

    @Test
    void of_many_who_replay_one_letter_one_does_and_the_row_starts_anew() throws Exception {
        long row = parkedUpdate("now() + interval '1 hour'");
        long id = park(Queue.INBOX, row, Priority.P2);
        List<LetterOutcome> outcomes = race(() -> actions.replay(id, "ada", false));
        assertThat(outcomes).filteredOn(new LetterOutcome.Done()::equals).hasSize(1);
        assertThat(outcomes)
                .filteredOn(new LetterOutcome.Closed(DeadLetterState.REPLAYED)::equals)
                .hasSize(THREADS - 1);
        assertThat(one("select state || attempts || marks || coalesce(reason, '') from inbox_update where inbox_id = "
                        + row))
                .isEqualTo("PENDING00");
        assertThat(one("select count(*) from due where kind = 'INBOX' and ref = " + row))
                .isEqualTo("1");
        assertThat(one("select count(*) from event where kind = 'REPLAYED' and inbox_id = " + row))
                .isEqualTo("1");
    }

    @Test
    void an_expired_update_is_replayed_only_when_that_is_said_and_then_lives_again() {
        long row = parkedUpdate("now() - interval '1 hour'");
        long id = park(Queue.INBOX, row, Priority.P2);
        assertThat(actions.replay(id, "ada", false)).isInstanceOf(LetterOutcome.Expired.class);
        assertThat(one("select state from inbox_update where inbox_id = " + row))
                .isEqualTo("PARKED");
        assertThat(actions.replay(id, "ada", true)).isEqualTo(new LetterOutcome.Done());
        assertThat(one("select expires_at > now() from inbox_update where inbox_id = " + row))
                .isEqualTo("t");
    }

    @Test
    void what_is_gone_cannot_be_replayed() {
        long pruned = park(Queue.INBOX, 987_654_321L, Priority.P2);
        assertThat(actions.replay(pruned, "ada", true))
                .isEqualTo(new LetterOutcome.Impossible("its update was pruned"));
        long sent = park(Queue.OUTBOX, message("SENT"), Priority.P2);
        assertThat(actions.replay(sent, "ada", true)).isEqualTo(new LetterOutcome.Impossible("its message is SENT"));
        assertThat(actions.replay(987_654_321L, "ada", true)).isEqualTo(new LetterOutcome.Unknown());
        assertThat(history(sent)).containsExactly("OPEN null boom");
    }

    @Test
    void a_bot_that_another_tenant_registered_gets_nothing_of_the_one_before() {
        long id = park(Queue.INBOX, parkedUpdate("now() + interval '1 hour'"), Priority.P2);
        execute("delete from bot where bot_id = " + bot);
        registerFor(makeTenant());
        assertThat(actions.replay(id, "ada", true)).isEqualTo(new LetterOutcome.Impossible("its bot was deleted"));
    }

    @Test
    void a_parked_message_gets_a_whole_deadline_of_its_class() {
        long row = message("PARKED");
        long id = park(Queue.OUTBOX, row, Priority.P2);
        assertThat(actions.replay(id, "ada", false)).isEqualTo(new LetterOutcome.Done());
        assertThat(one("select state || attempts || (deadline_at > now() + interval '9 minutes') from outbox_message"
                        + " where outbox_id = " + row))
                .isEqualTo("PENDING0true");
        assertThat(one("select count(*) from due where kind = 'OUTBOX' and ref = " + row))
                .isEqualTo("1");
    }

    @Test
    void a_replayed_message_begins_anew_with_what_it_has_still_to_say() {
        long row = message("PARKED");
        execute("""
                update outbox_message set uncertain_at = now(), outcome = 'CONTENT', reason = 'refused', sending_at = now(),
                       amended = '{SPLIT,REDIRECTED}', rest = '{next}'
                where outbox_id = %d""".formatted(row));
        assertThat(actions.replay(park(Queue.OUTBOX, row, Priority.P2), "ada", false))
                .isEqualTo(new LetterOutcome.Done());
        assertThat(one("select num_nulls(uncertain_at, outcome, reason, sending_at, finished_at, amended) || ' '"
                        + " || convert_from(rest[1], 'UTF8') from outbox_message where outbox_id = " + row))
                .isEqualTo("6 next");
    }

    @Test
    void a_closed_letter_is_not_discarded_and_a_discarded_one_keeps_who_and_why() {
        long id = park(Queue.INBOX, parkedUpdate("now() + interval '1 hour'"), Priority.P2);
        assertThat(actions.discard(id, "ada", "the customer was called")).isEqualTo(new LetterOutcome.Done());
        assertThat(actions.discard(id, "bob", "again")).isEqualTo(new LetterOutcome.Closed(DeadLetterState.DISCARDED));
        assertThat(actions.replay(id, "bob", true)).isEqualTo(new LetterOutcome.Closed(DeadLetterState.DISCARDED));
        assertThat(history(id)).containsExactly("OPEN null boom", "DISCARDED ada the customer was called");
        assertThat(events("DISCARDED")).isEqualTo(1);
    }

    @Test
    void a_p1_is_told_once_at_once_and_once_at_half_of_its_time_however_many_nodes_look() throws Exception {
        long id = park(Queue.INBOX, parkedUpdate("now() + interval '1 hour'"), Priority.P1);
        race(alerts::tell);
        race(alerts::tell);
        assertThat(alerted("NEW_P1")).isEqualTo(1);
        assertThat(alerted("HALF_TIME")).isZero();
        execute("update dead_letter set next_alert_at = now() where dead_letter_id = " + id);
        race(alerts::tell);
        race(alerts::tell);
        assertThat(alerted("NEW_P1")).isEqualTo(1);
        assertThat(alerted("HALF_TIME")).isEqualTo(1);
    }

    @Test
    void a_closed_letter_is_not_told() {
        long id = park(Queue.INBOX, parkedUpdate("now() + interval '1 hour'"), Priority.P2);
        execute("update dead_letter set next_alert_at = now() + interval '1 hour' where dead_letter_id = " + id);
        actions.discard(id, "ada", "known");
        assertThat(one("select coalesce(next_alert_at::text, 'none') from dead_letter where dead_letter_id = " + id))
                .isEqualTo("none");
    }

    @Test
    void more_than_twenty_in_ten_minutes_are_told_once_and_twenty_are_not() throws Exception {
        oldLetters(20, "OPEN", "1 minute");
        race(alerts::tell);
        assertThat(alerted("BURST")).isZero();
        oldLetters(1, "OPEN", "1 minute");
        race(alerts::tell);
        race(alerts::tell);
        assertThat(alerted("BURST")).isEqualTo(1);
    }

    @Test
    void pruning_goes_on_beyond_a_page_keeps_what_is_young_and_counts_what_nobody_closed() {
        oldLetters(1001, "DISCARDED", "31 days");
        oldLetters(1100, "OPEN", "31 days");
        oldLetters(3, "OPEN", "29 days");
        execute("update dead_letter set closed_at = parked_at where state = 'DISCARDED' and bot_id = " + bot);
        oldLetters(2, "REPLAYED", "31 days");
        execute("update dead_letter set closed_at = now() where state = 'REPLAYED' and bot_id = " + bot);
        assertThat(prune.prune()).isEqualTo(2101);
        assertThat(one("select count(*) from dead_letter where bot_id = " + bot))
                .isEqualTo("5");
        assertThat(one(
                        "select sum(substring(reason from '^[0-9]+')::int) from event where kind = 'PRUNED' and bot_id = "
                                + bot))
                .isEqualTo("1100");
    }

    @Test
    void a_job_does_once_what_a_dry_run_counts_however_many_nodes_work() throws Exception {
        oldLetters(12, "OPEN", "1 hour");
        oldLetters(2, "OPEN", "3 hours");
        long mine = list.count(filter().open());
        assertThat(mine).isEqualTo(14);
        long id = jobs.create(new DeadLetterJobs.Order(DeadLetterJob.Action.DISCARD, filter(), "ada", "known", false));
        oldLetters(1, "OPEN", "1 hour");
        finish(id);
        DeadLetterJob job = jobs.find(id).orElseThrow();
        assertThat(List.of(job.total(), job.done(), job.failed())).containsExactly(14L, 14L, 0L);
        assertThat(list.count(filter().open())).isEqualTo(1);
    }

    @Test
    void a_job_goes_past_what_cannot_be_replayed_and_says_why() throws Exception {
        oldLetters(2, "OPEN", "1 hour");
        long id = jobs.create(new DeadLetterJobs.Order(DeadLetterJob.Action.REPLAY, filter(), "ada", null, false));
        finish(id);
        assertThat(jobs.find(id).orElseThrow().failed()).isEqualTo(2);
        assertThat(jobs.failures(id, 20))
                .extracting(DeadLetterJobs.Failure::reason)
                .containsOnly("only the first bytes of the body were kept");
    }

    /** The server's own timer may take part, at the same pace. */
    private void finish(long job) throws Exception {
        for (int round = 0; round < 100 && !finished(job); round++) {
            execute("update dead_letter_job set next_at = now() where job_id = " + job);
            race(worker::work);
        }
        assertThat(finished(job)).isTrue();
    }

    private boolean finished(long job) {
        return jobs.find(job).orElseThrow().state() == DeadLetterJob.State.DONE;
    }

    private DeadLetterFilter filter() {
        return new DeadLetterFilter(bot, null, null, null, null, null, null, null, null);
    }

    private long park(Queue queue, @Nullable Long ref, Priority priority) {
        ParkedWork work = new ParkedWork(bot, queue, ref, priority, Owner.PLATFORM, "boom", null, null, null);
        database.inTransaction(connection -> {
            DeadLetters.park(connection, work);
            return true;
        });
        return Long.parseLong(one("select max(dead_letter_id) from dead_letter where bot_id = " + bot));
    }

    /** Without bytes: nothing of it can be replayed. */
    private void oldLetters(int count, String state, String age) {
        execute("""
                insert into dead_letter (bot_id, tenant_id, queue, priority, owner, reason, state, parked_at)
                select %s, '%s', 'INGRESS', 'P2', 'PLATFORM', 'old', '%s', now() - interval '%s' from generate_series(1, %d)
                """.formatted(bot, tenant, state, age, count));
    }

    private long parkedUpdate(String expiresAt) {
        return Long.parseLong(one("""
                insert into inbox_update (bot_id, channel, external_id, kind, queue_key, state, attempts, marks, reason,
                                          expires_at, finished_at, payload)
                values (%s, 'telegram', '%s', 'message', 'chat:1', 'PARKED', 8, 1, 'boom', %s, now(), '{}') returning inbox_id
                """.formatted(bot, UUID.randomUUID(), expiresAt)));
    }

    private long message(String state) {
        return Long.parseLong(one("""
                insert into outbox_message (bot_id, chat_id, class, method, state, attempts, deadline_at, finished_at, payload)
                values (%s, 1, 'REPLY', 'sendMessage', '%s', 1, now() - interval '1 hour', now(), '{}') returning outbox_id
                """.formatted(bot, state)));
    }

    private UUID makeTenant() {
        UUID id = UUID.randomUUID();
        execute("insert into tenant (tenant_id, name) values ('%s', '%s')".formatted(id, id));
        return id;
    }

    private void registerFor(UUID owner) {
        execute("""
                insert into bot (bot_id, tenant_id, name, username, access, state, intake, token_cipher, route, webhook_secret_hash)
                values (%s, '%s', 'it', 'it_bot', 'OPEN', 'RUNNING', 'WEBHOOK', '\\x00', '%s', '\\x00')
                """.formatted(bot, owner, UUID.randomUUID()));
    }

    private List<String> history(long id) {
        return list.history(list.find(id).orElseThrow()).stream()
                .map(step -> step.state() + " " + step.operator() + " " + step.reason())
                .toList();
    }

    private long events(String kind) {
        return Long.parseLong(one("select count(*) from event where kind = '%s' and bot_id = %s".formatted(kind, bot)));
    }

    private long alerted(String outcome) {
        return Long.parseLong(one("select count(*) from event where kind = 'ALERTED' and outcome = '%s' and bot_id = %s"
                .formatted(outcome, bot)));
    }

    private <T> List<T> race(Callable<T> runner) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            List<Future<T>> running = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                running.add(threads.submit(runner));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> one : running) {
                results.add(one.get());
            }
            return results;
        }
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
