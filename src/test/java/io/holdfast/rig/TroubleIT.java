package io.holdfast.rig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.simulator.Fault;
import io.holdfast.simulator.FaultKind;
import io.holdfast.simulator.FaultRule;
import io.holdfast.simulator.SimBot;
import io.holdfast.simulator.SimChat;
import io.holdfast.simulator.SimulatorConfig;
import io.holdfast.telegram.HostileUpdates;
import io.holdfast.testkit.HoldfastClient;
import io.holdfast.testkit.ServerProcess;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** In one order, because the search for secrets looks at what all the trouble before it has left behind. */
@TestMethodOrder(OrderAnnotation.class)
class TroubleIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Longer than holdfast.node.lease: the node may not work until it has renewed. */
    private static final Duration OUTAGE = Duration.ofSeconds(17);

    private static Installation installation;
    private static SimBot bot;
    private static SimChat uncertain;

    @BeforeAll
    static void start() {
        installation = Installation.start(
                ServerProcess.built(), SimulatorConfig.defaults().withTimeScale(8));
        bot = installation.registerBot("first_bot");
        installation.registerBot("second_bot");
        uncertain = installation.simulator().privateChat(bot, "Uma");
    }

    @AfterAll
    static void stop() {
        installation.close();
    }

    @Test
    @Order(1)
    void whatever_telegram_answers_each_update_is_answered_and_only_an_accepted_call_is_repeated() {
        Map<SimChat, Fault> faults = new LinkedHashMap<>();
        List<Fault> kinds = List.of(
                Fault.serverError(500),
                Fault.of(FaultKind.HTML),
                Fault.of(FaultKind.RESET_BEFORE),
                Fault.of(FaultKind.RESET_AFTER),
                Fault.of(FaultKind.EMPTY),
                Fault.of(FaultKind.HALF_JSON),
                Fault.rateLimit(1));
        for (Fault fault : kinds) {
            SimChat chat =
                    installation.simulator().privateChat(bot, fault.kind().name());
            installation
                    .simulator()
                    .faults()
                    .add(FaultRule.always(fault)
                            .onChat(chat)
                            .onMethod("sendMessage")
                            .times(1));
            faults.put(chat, fault);
        }
        for (int i = 1; i <= 3; i++) {
            String said = "/echo m" + i;
            faults.keySet().forEach(chat -> installation.simulator().say(bot, chat, said));
        }
        faults.forEach((chat, fault) -> {
            List<String> expected = new ArrayList<>(List.of("m1 #1", "m2 #2", "m3 #3"));
            if (fault.applied()) {
                expected.addFirst("m1 #1");
            }
            assertThat(answers(chat, expected.size())).as(fault.toString()).isEqualTo(expected);
        });
    }

    /** The second call of it has no answer either: nobody knows whether it arrived, and it is not called a third time. */
    @Test
    @Order(1)
    void a_message_that_stays_uncertain_is_sent_twice_and_never_again() throws Exception {
        installation
                .simulator()
                .faults()
                .add(FaultRule.always(Fault.of(FaultKind.RESET_AFTER))
                        .onChat(uncertain)
                        .onMethod("sendMessage")
                        .times(2));
        installation.simulator().say(bot, uncertain, "/echo m1");
        installation.simulator().say(bot, uncertain, "/echo m2");
        assertThat(answers(uncertain, 3)).containsExactly("m1 #1", "m1 #1", "m2 #2");
    }

    @Test
    @Order(2)
    void hostile_updates_are_parked_and_the_good_ones_between_them_are_answered() throws Exception {
        HostileUpdates hostile = new HostileUpdates(System.nanoTime());
        SimChat chat = installation.simulator().privateChat(bot, "Good");
        int good = 0;
        int unreadable = 0;
        for (HostileUpdates.Body body : hostile.all()) {
            if (!body.gzip()) {
                installation.simulator().raw(bot, body.bytes());
                installation.simulator().say(bot, chat, "/echo m" + ++good);
                unreadable += body.readable() ? 0 : 1;
            }
        }
        List<String> expected = new ArrayList<>();
        for (int i = 1; i <= good; i++) {
            expected.add("m%d #%d".formatted(i, i));
        }
        assertThat(answers(chat, good)).isEqualTo(expected);
        installation.simulator().awaitIdle(PATIENCE);
        assertThat(installation.number("select count(*) from dead_letter where queue = 'INGRESS'"))
                .isEqualTo(unreadable);
    }

    @Test
    @Order(3)
    void an_outage_of_the_database_beyond_the_lease_loses_nothing_and_needs_no_restart() throws Exception {
        Echoes echoes = new Echoes(installation.simulator(), installation.bots(), 20);
        long pid = installation.server().pid();
        long refusedBefore = refused();
        try (ScheduledExecutorService driver = Executors.newSingleThreadScheduledExecutor()) {
            var load = driver.scheduleAtFixedRate(echoes::sayOne, 0, 50, TimeUnit.MILLISECONDS);
            await().atMost(PATIENCE).until(() -> echoes.answered() > 20);
            installation.database().stopImmediately();
            long away = System.nanoTime();
            await().atMost(PATIENCE).until(() -> refused() > refusedBefore);
            HttpResponse<String> answer = installation.deliver(bot, "{\"update_id\":1}");
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            await().atMost(PATIENCE).until(() -> health("ready").status() == 503);
            assertThat(health("live").status()).isEqualTo(200);
            await().atMost(PATIENCE).until(() -> System.nanoTime() - away > OUTAGE.toNanos());
            installation.database().restart();
            int before = echoes.answered();
            await().atMost(PATIENCE).until(() -> echoes.answered() > before + 20);
            load.cancel(false);
        }
        await().atMost(PATIENCE).until(() -> echoes.answered() >= echoes.said());
        await().atMost(PATIENCE).until(() -> installation.unfinished() == 0);
        Echoes.Verdict verdict = echoes.check();
        System.out.printf("database away for %s at 20/s: %s%n", OUTAGE, verdict);
        assertThat(verdict).isEqualTo(faultless(echoes));
        assertThat(health("ready").status()).isEqualTo(200);
        assertThat(installation.server().running()).isTrue();
        assertThat(installation.server().pid()).isEqualTo(pid);
    }

    @Test
    @Order(4)
    void a_graceful_stop_under_load_leaves_nothing_in_flight_and_repeats_nothing() throws Exception {
        Echoes echoes = new Echoes(installation.simulator(), installation.bots(), 50);
        try (ScheduledExecutorService driver = Executors.newSingleThreadScheduledExecutor()) {
            var load = driver.scheduleAtFixedRate(echoes::sayOne, 0, 20, TimeUnit.MILLISECONDS);
            await().atMost(PATIENCE).until(() -> echoes.answered() > 100);
            long begun = System.nanoTime();
            installation.server().terminate();
            Duration took = Duration.ofNanos(System.nanoTime() - begun);
            load.cancel(false);
            System.out.printf("graceful stop at 50/s: %d ms%n", took.toMillis());
            assertThat(took).isLessThan(Duration.ofSeconds(25));
            assertThat(installation.number("select count(*) from outbox_message where state = 'SENDING'"))
                    .isZero();
            assertThat(installation.number(
                            "select count(*) from outbox_message where state = 'UNCERTAIN' and finished_at is null"))
                    .isZero();
            assertThat(installation.number("select count(*) from bot_lease where node_id is not null"))
                    .isZero();
            assertThat(installation.number("select count(*) from node where stopped_at is null"))
                    .isZero();
        }
        installation.server().start().awaitReady();
        await().atMost(PATIENCE).until(() -> echoes.answered() >= echoes.said());
        await().atMost(PATIENCE).until(() -> installation.unfinished() == 0);
        Echoes.Verdict verdict = echoes.check();
        System.out.println("graceful stop and start: " + verdict);
        assertThat(verdict).isEqualTo(faultless(echoes));
        assertThat(answers(uncertain, 3)).as("sent again after the start").hasSize(3);
    }

    @Test
    @Order(5)
    void no_secret_is_in_a_file_a_table_or_an_answer() throws Exception {
        SearchedPlaces places = new SearchedPlaces(installation);
        places.offerWrongTokens();
        SimBot revoked = installation.registerBot("revoked_bot");
        places.note("token revoked later", revoked.token());
        places.note("token after revocation", revoked.revokeToken());
        SimChat chat = installation.simulator().privateChat(revoked, "Zoe");
        installation.simulator().say(revoked, chat, "/echo m1");
        installation.simulator().awaitIdle(PATIENCE);
        await().atMost(PATIENCE)
                .until(() -> installation.number("select count(*) from outbox_message where reason like '401%'") > 0);
        assertThat(places.search()).isEmpty();
        assertThat(places.control("second_bot")).contains("files", "tables", "answers");
    }

    private static List<String> answers(SimChat chat, int count) {
        return installation.answers(chat, count, PATIENCE);
    }

    private static Echoes.Verdict faultless(Echoes echoes) {
        return new Echoes.Verdict(echoes.said(), echoes.said(), 0, 0, 0, 0);
    }

    private static long refused() {
        return installation.simulator().journal().deliveries().stream()
                .filter(delivery -> delivery.status() == 503)
                .count();
    }

    private static HoldfastClient.Answer health(String which) {
        return installation.client().send("GET", "/health/" + which, null);
    }
}
