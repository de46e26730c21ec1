package io.holdfast.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.channel.InboundUpdate;
import io.holdfast.channel.UnreadableUpdateException;
import io.holdfast.channel.UpdateParser;
import io.holdfast.database.EngineDatabase;
import io.holdfast.inbox.AcceptOutcome;
import io.holdfast.inbox.AcceptedUpdate;
import io.holdfast.inbox.Completion;
import io.holdfast.inbox.Inbox;
import io.holdfast.inbox.InboxWork;
import io.holdfast.inbox.NewUpdate;
import io.holdfast.kernel.BotId;
import io.holdfast.kernel.Startup;
import io.holdfast.lane.BotProfile;
import io.holdfast.lane.TurnRunner.Shared;
import io.holdfast.lane.TurnRunner.TurnResult;
import io.holdfast.testkit.Deployments;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ArquillianExtension.class)
class TurnIT {
    private static final AtomicLong NEXT_BOT = new AtomicLong(700_000_000);
    private static final BotProfile OPEN = new BotProfile("it_bot", true);
    private static final long CHAT = 42;
    private static final int THREADS = 16;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** A node that is alive and is not this server, so that only the test turns its rows. */
    private static final Completion.Owner OWNER = new Completion.Owner("elsewhere", 3);

    @Inject
    private Turn turn;

    @Inject
    private Inbox inbox;

    @Inject
    private InboxWork work;

    @Inject
    private Completion completion;

    @Inject
    private EngineDatabase database;

    @Inject
    private UpdateParser parser;

    @Inject
    private Startup startup;

    @Inject
    private ServerThreads serverThreads;

    private BotId bot = new BotId(1);
    private long nextUpdate = 1;

    @Deployment
    static WebArchive holdfast() {
        return Deployments.holdfast(TurnIT.class, BoomCommand.class, SpoilCommand.class, ServerThreads.class)
                .addAsLibraries(Deployments.jarOf(Awaitility.class), Deployments.jarOf(org.hamcrest.Matcher.class));
    }

    @BeforeEach
    void makeBot() throws InterruptedException {
        startup.awaitComplete(Duration.ofSeconds(60));
        bot = new BotId(NEXT_BOT.incrementAndGet());
        UUID tenant = UUID.randomUUID();
        execute("insert into tenant (tenant_id, name) values ('%s', '%s')".formatted(tenant, tenant));
        execute("""
                insert into node (node_id, incarnation, url, started_at, lease_until)
                values ('elsewhere', gen_random_uuid(), 'http://127.0.0.1:1', now(), now() + interval '1 hour')
                on conflict (node_id) do nothing
                """);
        execute("""
                insert into bot (bot_id, tenant_id, name, username, access, state, intake, token_cipher, route, webhook_secret_hash)
                values (%s, '%s', 'it', 'it_bot', 'OPEN', 'RUNNING', 'WEBHOOK', '\\x00', '%s', '\\x00')
                """.formatted(bot, tenant, UUID.randomUUID()));
        execute("insert into bot_lease (bot_id, node_id, epoch) values (%s, 'elsewhere', 3)".formatted(bot));
    }

    /** Its token is none: a vault that starts on it would refuse. */
    @AfterEach
    void removeBot() {
        execute("delete from bot where bot_id = " + bot);
    }

    @Test
    void a_turn_that_throws_leaves_nothing_but_its_retry() {
        AcceptedUpdate row = stored("/boom");
        assertThat(turn.run(row, OWNER, OPEN)).isInstanceOf(TurnResult.Postponed.class);
        assertThat(one("select count(*) from chat_state where bot_id = " + bot)).isEqualTo("0");
        assertThat(one("select count(*) from outbox_message where bot_id = " + bot))
                .isEqualTo("0");
        assertThat(one("select state || attempts from inbox_update where bot_id = " + bot))
                .isEqualTo("RETRY1");
        assertThat(one("select count(*) from due where kind = 'INBOX' and bot_id = " + bot))
                .isEqualTo("1");
        assertThat(one("select count(*) from event where kind = 'RETRIED' and duration_ms >= 0 and bot_id = " + bot))
                .isEqualTo("1");
        assertThat(one("select reason from inbox_update where bot_id = " + bot))
                .contains("IllegalStateException")
                .doesNotContain("boom");
    }

    @Test
    void after_eight_failed_turns_an_update_is_a_dead_letter_and_its_chat_is_told() {
        AcceptedUpdate row = stored("/boom");
        for (int attempt = 1; attempt < 8; attempt++) {
            assertThat(turn.run(row, OWNER, OPEN)).isInstanceOf(TurnResult.Postponed.class);
            row = reread(row);
            assertThat(row.attempts()).isEqualTo(attempt);
            assertThat(row.due()).isTrue();
        }
        assertThat(turn.run(row, OWNER, OPEN))
                .isInstanceOfSatisfying(
                        TurnResult.Ended.class,
                        ended -> assertThat(ended.messages()).hasSize(1));
        assertThat(one("select state from inbox_update where bot_id = " + bot)).isEqualTo("PARKED");
        assertThat(one("select queue || priority from dead_letter where bot_id = " + bot))
                .isEqualTo("INBOXP2");
        assertThat(one("select count(*) from due where bot_id = " + bot)).isEqualTo("0");
        assertThat(one("select convert_from(payload, 'UTF8') from outbox_message where bot_id = " + bot))
                .contains("Sorry");
    }

    @Test
    void an_update_is_not_parked_without_its_chat_being_told() {
        AcceptedUpdate row = stored("/boom");
        execute("update inbox_update set attempts = 7 where bot_id = " + bot);
        AcceptedUpdate last = reread(row);
        AcceptedUpdate unspeakable = new AcceptedUpdate(
                last.inboxId(),
                withChannel(last.update(), "no such channel"),
                last.acceptedAt(),
                last.attempts(),
                last.marks(),
                last.due(),
                last.waits());
        assertThat(turn.run(unspeakable, OWNER, OPEN)).isInstanceOf(TurnResult.Postponed.class);
        assertThat(one("select state || attempts from inbox_update where bot_id = " + bot))
                .isEqualTo("PENDING7");
        assertThat(one("select count(*) from dead_letter where bot_id = " + bot))
                .isEqualTo("0");
        assertThat(turn.run(last, OWNER, OPEN)).isInstanceOf(TurnResult.Ended.class);
        assertThat(one("select state from inbox_update where bot_id = " + bot)).isEqualTo("PARKED");
    }

    @Test
    void sixteen_turns_of_one_row_apply_it_once() throws Exception {
        AcceptedUpdate row = stored("/echo tea");
        List<TurnResult> results = race(() -> turn.run(row, OWNER, OPEN));
        assertThat(results).filteredOn(TurnResult.Ended.class::isInstance).hasSize(1);
        assertThat(results).filteredOn(TurnResult.Lost.class::isInstance).hasSize(THREADS - 1);
        assertThat(one("select count(*) from outbox_message where bot_id = " + bot))
                .isEqualTo("1");
        assertThat(one("select version from chat_state where bot_id = " + bot)).isEqualTo("1");
    }

    @Test
    void turns_of_several_chats_share_one_commit() {
        List<AcceptedUpdate> rows =
                List.of(stored(1, "/echo tea"), stored(2, "/echo cake"), stored(3, "/remind never x"), talk(-4));
        List<TurnResult> results = together(rows);
        assertThat(results).allMatch(TurnResult.Ended.class::isInstance);
        assertThat(one("select count(distinct xmin::text) from inbox_update where bot_id = " + bot))
                .isEqualTo("1");
        assertThat(one("select string_agg(state, ' ' order by inbox_id) from inbox_update where bot_id = " + bot))
                .isEqualTo("DONE DONE REFUSED IGNORED");
        assertThat(one("select string_agg(chat_id || convert_from(body, 'UTF8'), ' ' order by chat_id) from chat_state"
                        + " where bot_id = " + bot))
                .isEqualTo("1{\"count\":1} 2{\"count\":1}");
        assertThat(one("select string_agg(o.chat_id || ':' || (o.inbox_id = u.inbox_id), ' ' order by o.chat_id)"
                        + " from outbox_message o join inbox_update u on u.bot_id = o.bot_id and u.chat_id = o.chat_id"
                        + " where o.bot_id = " + bot))
                .isEqualTo("1:true 2:true 3:true");
        assertThat(one("select count(*) from event where kind = 'REFUSED' and duration_ms >= 0 and bot_id = " + bot))
                .isEqualTo("1");
    }

    @Test
    void a_shared_turn_reads_what_the_one_before_it_wrote() {
        for (int i = 1; i <= 3; i++) {
            assertThat(together(List.of(stored(1, "/echo tea"), stored(2, "/echo cake"))))
                    .allMatch(TurnResult.Ended.class::isInstance);
        }
        assertThat(one("select string_agg(version::text, ' ') from chat_state where bot_id = " + bot))
                .isEqualTo("3 3");
    }

    @Test
    void a_handler_that_throws_fails_its_own_turn_and_none_that_share_its_commit() {
        List<TurnResult> results = together(List.of(stored(1, "/echo tea"), stored(2, "/spoil handler")));
        assertThat(results.get(0)).isInstanceOf(TurnResult.Ended.class);
        assertThat(results.get(1)).isInstanceOf(TurnResult.Postponed.class);
        assertThat(one("select string_agg(state || attempts, ' ' order by inbox_id) from inbox_update where bot_id = "
                        + bot))
                .isEqualTo("DONE0 RETRY1");
    }

    @Test
    void what_spoils_a_shared_commit_fails_alone_when_each_is_done_again() {
        List<TurnResult> results =
                together(List.of(stored(1, "/echo tea"), stored(2, "/spoil commit"), stored(3, "/echo cake")));
        assertThat(results.get(0)).isInstanceOf(TurnResult.Ended.class);
        assertThat(results.get(2)).isInstanceOf(TurnResult.Ended.class);
        assertThat(one("select string_agg(state, ' ' order by inbox_id) from inbox_update where bot_id = " + bot))
                .startsWith("DONE ")
                .endsWith(" DONE")
                .isNotEqualTo("DONE DONE DONE");
        assertThat(one("select count(*) from chat_state where bot_id = " + bot)).isEqualTo("2");
    }

    @Test
    void a_row_that_is_not_ours_any_more_holds_up_no_shared_commit() {
        AcceptedUpdate done = stored(1, "/echo tea");
        turn.run(done, OWNER, OPEN);
        List<TurnResult> results = together(List.of(done, stored(2, "/echo cake")));
        assertThat(results.get(0)).isInstanceOf(TurnResult.Lost.class);
        assertThat(results.get(1)).isInstanceOf(TurnResult.Ended.class);
        assertThat(one("select string_agg(version::text, ' ') from chat_state where bot_id = " + bot))
                .isEqualTo("1 1");
    }

    @Test
    void shared_turns_of_a_node_that_lost_the_bot_commit_nothing() {
        AcceptedUpdate row = stored(1, "/echo tea");
        assertThat(turn.runTogether(List.of(new Shared(row, new Completion.Owner("elsewhere", 2), OPEN))))
                .singleElement()
                .isInstanceOf(TurnResult.Lost.class);
        assertThat(one("select state from inbox_update where bot_id = " + bot)).isEqualTo("PENDING");
        assertThat(one("select count(*) from chat_state where bot_id = " + bot)).isEqualTo("0");
    }

    @Test
    void sixteen_shared_turns_of_one_row_apply_it_once() throws Exception {
        AcceptedUpdate row = stored("/echo tea");
        List<TurnResult> results = race(() -> together(List.of(row)).getFirst());
        assertThat(results).filteredOn(TurnResult.Ended.class::isInstance).hasSize(1);
        assertThat(one("select count(*) from outbox_message where bot_id = " + bot))
                .isEqualTo("1");
        assertThat(one("select version from chat_state where bot_id = " + bot)).isEqualTo("1");
    }

    @Test
    void a_node_with_an_old_epoch_or_without_the_lease_commits_nothing() {
        AcceptedUpdate row = stored("/echo tea");
        assertThat(turn.run(row, new Completion.Owner("elsewhere", 2), OPEN)).isInstanceOf(TurnResult.Lost.class);
        assertThat(turn.run(row, new Completion.Owner("other", 3), OPEN)).isInstanceOf(TurnResult.Lost.class);
        assertThat(one("select state from inbox_update where bot_id = " + bot)).isEqualTo("PENDING");
        assertThat(one("select count(*) from outbox_message where bot_id = " + bot))
                .isEqualTo("0");
    }

    @Test
    void an_update_whose_deadline_has_passed_is_closed_without_a_turn() {
        long past = Instant.now().minusSeconds(25 * 3600).getEpochSecond();
        AcceptedUpdate row = store(message("/echo late", past));
        assertThat(turn.run(row, OWNER, OPEN)).isInstanceOf(TurnResult.Ended.class);
        assertThat(one("select state from inbox_update where bot_id = " + bot)).isEqualTo("EXPIRED");
        assertThat(one("select count(*) from outbox_message where bot_id = " + bot))
                .isEqualTo("0");
    }

    @Test
    void a_failed_turn_whose_next_one_would_come_after_the_deadline_ends_its_update_and_its_chat_is_told() {
        AcceptedUpdate row = stored("/boom");
        execute("update inbox_update set attempts = 6, expires_at = now() + interval '20 seconds' where bot_id = "
                + bot);
        assertThat(turn.run(reread(row), OWNER, OPEN))
                .isInstanceOfSatisfying(
                        TurnResult.Ended.class,
                        ended -> assertThat(ended.messages()).hasSize(1));
        assertThat(one("select state from inbox_update where bot_id = " + bot)).isEqualTo("EXPIRED");
        assertThat(one("select convert_from(payload, 'UTF8') from outbox_message where bot_id = " + bot))
                .contains("could not do that in time");
        assertThat(one("select count(*) from due where bot_id = " + bot)).isEqualTo("0");
        assertThat(one("select count(*) from event where kind = 'EXPIRED' and bot_id = " + bot))
                .isEqualTo("1");
    }

    @Test
    void a_pressed_button_is_acknowledged_once_and_whoever_asks_again_is_told_to_read_that_back() {
        AcceptedUpdate row = store(button("/echo tea"));
        assertThat(turn.acknowledge(row, OWNER, OPEN))
                .isInstanceOfSatisfying(
                        TurnResult.Ended.class,
                        ended -> assertThat(ended.messages()).hasSize(1));
        assertThat(turn.acknowledge(row, OWNER, OPEN)).isInstanceOf(TurnResult.Lost.class);
        assertThat(one("select class || method from outbox_message where bot_id = " + bot))
                .isEqualTo("CONTROLanswerCallbackQuery");
    }

    @Test
    void a_suspect_is_parked_on_its_third_mark() {
        AcceptedUpdate row = stored("/echo killer");
        assertThat(completion.mark(row, OWNER)).isTrue();
        assertThat(completion.mark(reread(row), OWNER)).isTrue();
        assertThat(completion.mark(reread(row), OWNER)).isFalse();
        assertThat(one("select state from inbox_update where bot_id = " + bot)).isEqualTo("PARKED");
        assertThat(one("select reason from dead_letter where bot_id = " + bot)).contains("3 times");
    }

    @Test
    void a_bot_that_is_not_open_refuses_strangers_whatever_they_ask() {
        BotProfile closed = new BotProfile("it_bot", false);
        for (String asked : List.of("/echo tea", "/echo", "/nosuch", "good morning")) {
            assertThat(turn.run(stored(asked), OWNER, closed)).isInstanceOf(TurnResult.Ended.class);
        }
        assertThat(one("select count(distinct payload) from outbox_message where bot_id = " + bot))
                .isEqualTo("1");
        assertThat(one("select count(*) from inbox_update where state = 'REFUSED' and bot_id = " + bot))
                .isEqualTo("4");
        assertThat(one("select count(*) from chat_state where bot_id = " + bot)).isEqualTo("0");
    }

    @Test
    void a_refusal_is_said_and_noted() {
        AcceptedUpdate row = stored("/remind never tea");
        assertThat(turn.run(row, OWNER, OPEN)).isInstanceOf(TurnResult.Ended.class);
        assertThat(one("select state from inbox_update where bot_id = " + bot)).isEqualTo("REFUSED");
        assertThat(one("select count(*) from outbox_message where bot_id = " + bot))
                .isEqualTo("1");
        assertThat(one("select count(*) from event where kind = 'REFUSED' and duration_ms >= 0 and bot_id = " + bot))
                .isEqualTo("1");
    }

    @Test
    void a_reminder_is_an_outbox_row_with_a_due_row_in_the_same_commit() {
        turn.run(stored("/remind 1h tea"), OWNER, OPEN);
        assertThat(one(
                        "select count(*) from outbox_message where class = 'NOTIFICATION' and due_at > now() and bot_id = "
                                + bot))
                .isEqualTo("1");
        assertThat(one("""
                        select count(*) from due d join outbox_message o on o.bot_id = d.bot_id and o.outbox_id = d.ref
                        where d.kind = 'OUTBOX' and d.bot_id = %s
                          and o.due_at - d.due_at between interval '-1 second' and interval '1 second'
                        """.formatted(bot))).isEqualTo("1");
    }

    @Test
    void the_same_update_delivered_by_sixteen_requests_is_stored_once() throws Exception {
        byte[] payload = message("/echo once", Instant.now().getEpochSecond());
        InboundUpdate update = parse(payload);
        List<AcceptOutcome> outcomes = race(() -> inbox.accept(new NewUpdate(update, payload)));
        assertThat(outcomes).allMatch(AcceptOutcome.Stored.class::isInstance);
        assertThat(outcomes)
                .filteredOn(outcome -> outcome.equals(new AcceptOutcome.Stored(false)))
                .hasSize(1);
        assertThat(one("select count(*) from inbox_update where bot_id = " + bot))
                .isEqualTo("1");
    }

    @Test
    void a_second_delivery_leaves_the_pause_before_a_retry() {
        byte[] payload = message("/boom", Instant.now().getEpochSecond());
        turn.run(store(payload), OWNER, OPEN);
        execute("update due set due_at = now() + interval '1 hour' where bot_id = " + bot);
        assertThat(inbox.accept(new NewUpdate(parse(payload), payload))).isEqualTo(new AcceptOutcome.Stored(true));
        assertThat(one("select count(*) from due where due_at > now() and bot_id = " + bot))
                .isEqualTo("1");
    }

    @Test
    void a_second_delivery_of_an_update_that_was_forgotten_counts_its_failed_turns_on() {
        byte[] payload = message("/boom", Instant.now().getEpochSecond());
        store(payload);
        execute("update inbox_update set state = 'RETRY', attempts = 7 where bot_id = " + bot);
        execute("update bot_lease set node_id = null, inbox_floor = 1000000000 where bot_id = " + bot);
        execute("insert into due (bot_id, kind, ref, due_at) values (%s, 'INBOX', 0, now())".formatted(bot));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(one("select count(*) from due where bot_id = " + bot))
                        .isEqualTo("0"));
        assertThat(one("select state from inbox_update where bot_id = " + bot)).isEqualTo("RETRY");
        inbox.accept(new NewUpdate(parse(payload), payload));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(one("select state from inbox_update where bot_id = " + bot))
                        .isEqualTo("PARKED"));
    }

    @Test
    void the_same_message_under_a_new_update_id_is_stored_once() {
        long date = Instant.now().getEpochSecond();
        byte[] first = message("/echo once", date);
        nextUpdate += 1000;
        byte[] again = new String(first, StandardCharsets.UTF_8)
                .replaceFirst("\"update_id\":\\d+", "\"update_id\":" + nextUpdate)
                .getBytes(StandardCharsets.UTF_8);
        assertThat(inbox.accept(new NewUpdate(parse(first), first))).isEqualTo(new AcceptOutcome.Stored(false));
        assertThat(inbox.accept(new NewUpdate(parse(again), again))).isEqualTo(new AcceptOutcome.Stored(true));
        assertThat(one("select count(*) from inbox_update where bot_id = " + bot))
                .isEqualTo("1");
    }

    @Test
    void a_row_that_the_database_refuses_is_parked_and_its_neighbours_are_stored() throws Exception {
        List<NewUpdate> updates = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            byte[] payload = message("/echo " + i, Instant.now().getEpochSecond());
            InboundUpdate update = parse(payload);
            updates.add(new NewUpdate(i == 5 ? withKind(update, "nul\u0000") : update, payload));
        }
        AtomicLong next = new AtomicLong();
        List<AcceptOutcome> outcomes = race(() -> inbox.accept(updates.get((int) next.getAndIncrement())));
        assertThat(outcomes).allMatch(AcceptOutcome.Stored.class::isInstance);
        assertThat(one("select count(*) from inbox_update where bot_id = " + bot))
                .isEqualTo("15");
        assertThat(one("select reason from dead_letter where queue = 'INGRESS' and bot_id = " + bot))
                .isEqualTo("unstorable");
    }

    private AcceptedUpdate stored(String text) {
        return stored(CHAT, text);
    }

    private AcceptedUpdate stored(long chat, String text) {
        return store(message(chat, "private", text, Instant.now().getEpochSecond()));
    }

    /** Something said in a group that is not meant for the bot. */
    private AcceptedUpdate talk(long group) {
        return store(message(group, "supergroup", "good morning", Instant.now().getEpochSecond()));
    }

    private List<TurnResult> together(List<AcceptedUpdate> rows) {
        return turn.runTogether(
                rows.stream().map(row -> new Shared(row, OWNER, OPEN)).toList());
    }

    /** Through the disk: what the turn gets is what was read back. */
    private AcceptedUpdate store(byte[] payload) {
        assertThat(inbox.accept(new NewUpdate(parse(payload), payload))).isEqualTo(new AcceptOutcome.Stored(false));
        execute("delete from due where bot_id = " + bot);
        long id = Long.parseLong(one("select max(inbox_id) from inbox_update where bot_id = " + bot));
        return work.open(bot, List.of(id)).getFirst();
    }

    private AcceptedUpdate reread(AcceptedUpdate row) {
        return work.open(bot, List.of(row.inboxId())).getFirst();
    }

    private InboundUpdate parse(byte[] payload) {
        try {
            return parser.parse(bot, payload, Instant.now());
        } catch (UnreadableUpdateException e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] message(String text, long date) {
        return message(CHAT, "private", text, date);
    }

    private byte[] message(long chat, String type, String text, long date) {
        long id = nextUpdate++;
        return """
                {"update_id":%d,"message":{"message_id":%d,"date":%d,"text":"%s",
                 "chat":{"id":%d,"type":"%s"},"from":{"id":7,"is_bot":false,"first_name":"Ann"}}}
                """.formatted(id, id, date, text, chat, type).getBytes(StandardCharsets.UTF_8);
    }

    private byte[] button(String data) {
        long id = nextUpdate++;
        return """
                {"update_id":%d,"callback_query":{"id":"%d","chat_instance":"1","data":"%s",
                 "from":{"id":7,"is_bot":false,"first_name":"Ann"},
                 "message":{"message_id":%d,"date":%d,"chat":{"id":%d,"type":"private"}}}}
                """.formatted(id, id, data, id, Instant.now().getEpochSecond(), CHAT)
                .getBytes(StandardCharsets.UTF_8);
    }

    private static InboundUpdate withKind(InboundUpdate u, String kind) {
        return with(u, u.channel(), kind);
    }

    private static InboundUpdate withChannel(InboundUpdate u, String channel) {
        return with(u, channel, u.kind());
    }

    private static InboundUpdate with(InboundUpdate u, String channel, String kind) {
        return new InboundUpdate(
                u.bot(),
                channel,
                u.externalId(),
                kind,
                u.queueKey(),
                u.dedupeKey(),
                u.chat(),
                u.user(),
                u.messageId(),
                u.threadId(),
                u.text(),
                u.commands(),
                u.callbackId(),
                u.callbackData(),
                u.expiresAt());
    }

    private <T> List<T> race(Callable<T> runner) throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS, serverThreads.factory())) {
            List<Future<T>> running = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                running.add(threads.submit(() -> {
                    go.await();
                    return runner.call();
                }));
            }
            go.countDown();
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
