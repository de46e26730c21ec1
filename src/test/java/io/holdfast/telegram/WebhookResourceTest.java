package io.holdfast.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.channel.BotToken;
import io.holdfast.fleet.Bots;
import io.holdfast.fleet.RoutedBot;
import io.holdfast.inbox.AcceptOutcome;
import io.holdfast.inbox.Inbox;
import io.holdfast.inbox.NewUpdate;
import io.holdfast.kernel.BotId;
import io.holdfast.kernel.ErrorCategory;
import io.holdfast.kernel.HoldfastException;
import io.holdfast.kernel.Startup;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WebhookResourceTest {
    private static final BotId BOT = new BotId(4711);
    private static final String ROUTE = HexFormat.of().toHexDigits(System.nanoTime());
    private static final String SECRET = UUID.randomUUID().toString();

    private final WebhookResource resource = new WebhookResource();
    private final HostileUpdates bodies = new HostileUpdates(7);
    private final List<NewUpdate> accepted = new ArrayList<>();
    private final List<Parked> parked = new ArrayList<>();
    private AcceptOutcome outcome = new AcceptOutcome.Stored(false);
    private boolean complete = true;
    private boolean databaseAway;
    private boolean broken;

    private record Parked(String reason, String headers, byte[] firstBytes, long size) {}

    @BeforeEach
    @SuppressWarnings("UnnecessaryAssignment") // there is no container here
    void wire() {
        resource.startup = new Startup() {
            @Override
            public boolean accepting() {
                return complete;
            }
        };
        resource.bots = new Bots() {
            @Override
            public Optional<RoutedBot> routed(String route) {
                if (databaseAway) {
                    throw new HoldfastException(ErrorCategory.UNAVAILABLE, "away");
                }
                return route.equals(ROUTE)
                        ? Optional.of(new RoutedBot(BOT, WebhookSecret.sha256(SECRET)))
                        : Optional.empty();
            }

            @Override
            public BotToken token(BotId bot) {
                throw new AssertionError("a webhook needs no token");
            }
        };
        resource.inbox = new RecordingInbox();
        resource.config = new TelegramConfig();
        resource.config.webhooksPerMinute = 3000;
        resource.parser = new TelegramParser();
        resource.clock = InstantSource.fixed(Instant.EPOCH.plus(Duration.ofDays(20_000)));
    }

    @Test
    void an_update_is_accepted_with_its_own_bytes_and_answered_without_a_body() {
        byte[] body = utf8(bodies.good("hello"));
        assertEmpty(200, deliver(ROUTE, SECRET, null, body));
        assertThat(accepted).singleElement().satisfies(update -> {
            assertThat(update.payload()).isEqualTo(body);
            assertThat(update.update().text()).isEqualTo("hello");
            assertThat(update.update().bot()).isEqualTo(BOT);
        });
    }

    @Test
    @SuppressWarnings("UnnecessaryAssignment") // there is no container here
    void what_is_asked_for_again_does_not_use_up_the_bots_deliveries_of_a_minute() {
        resource.config.webhooksPerMinute = 2;
        outcome = new AcceptOutcome.Unavailable(Duration.ofSeconds(1));
        for (int i = 0; i < 10; i++) {
            assertAgain(1, deliver(ROUTE, SECRET, null, utf8(bodies.good("hello"))));
        }
        outcome = new AcceptOutcome.Stored(false);
        assertEmpty(200, deliver(ROUTE, SECRET, null, utf8(bodies.good("hello"))));
        assertEmpty(200, deliver(ROUTE, SECRET, null, utf8(bodies.good("hello"))));
        assertAgain(60, deliver(ROUTE, SECRET, null, utf8(bodies.good("hello"))));
    }

    @Test
    void a_compressed_update_is_stored_decompressed() {
        byte[] body = utf8(bodies.good("hello"));
        assertEmpty(200, deliver(ROUTE, SECRET, "GZIP", HostileUpdates.gzip(body)));
        assertThat(accepted)
                .singleElement()
                .satisfies(update -> assertThat(update.payload()).isEqualTo(body));
    }

    @Test
    void an_unknown_route_and_a_wrong_secret_look_the_same_and_leave_the_body_unread() {
        WebhookRequest.BodySource unread = () -> {
            throw new AssertionError("the body was opened");
        };
        for (@Nullable String secret : Arrays.asList(null, "", SECRET + "x", SECRET.substring(1))) {
            assertEmpty(404, resource.receive(new WebhookRequest(ROUTE, secret, null, () -> "", unread)));
        }
        assertEmpty(404, resource.receive(new WebhookRequest("other", SECRET, null, () -> "", unread)));
        assertThat(accepted).isEmpty();
        assertThat(parked).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("traps")
    void every_trap_is_acknowledged_and_lands_in_one_place(HostileUpdates.Body body) {
        assertEmpty(200, deliver(ROUTE, SECRET, body.gzip() ? "gzip" : null, body.bytes()));
        assertThat(accepted).hasSize(body.readable() ? 1 : 0);
        assertThat(parked).hasSize(body.readable() ? 0 : 1);
        parked.forEach(one -> {
            assertThat(one.headers()).isEqualTo("Host: x\n");
            assertThat(one.size()).isEqualTo(body.bytes().length);
            assertThat(body.bytes()).startsWith(one.firstBytes());
            assertThat(one.firstBytes().length).isEqualTo(Math.min(64 * 1024, body.bytes().length));
        });
    }

    static List<HostileUpdates.Body> traps() {
        return new HostileUpdates(3).all();
    }

    @Test
    void an_unknown_encoding_is_parked() {
        assertEmpty(200, deliver(ROUTE, SECRET, "br", utf8(bodies.good("x"))));
        assertThat(parked).extracting(Parked::reason).containsExactly("unknown content encoding");
    }

    @Test
    void what_cannot_be_committed_is_asked_for_again() {
        outcome = new AcceptOutcome.Unavailable(Duration.ofMillis(1500));
        assertAgain(2, deliver(ROUTE, SECRET, null, utf8(bodies.good("x"))));
        assertAgain(2, deliver(ROUTE, SECRET, null, utf8("not JSON")));
    }

    @Test
    void before_the_start_is_complete_nothing_is_looked_up() {
        complete = false;
        databaseAway = true;
        assertAgain(2, deliver("any", null, null, new byte[0]));
    }

    @Test
    void a_database_that_is_away_and_a_defect_are_503() {
        databaseAway = true;
        assertAgain(2, deliver(ROUTE, SECRET, null, utf8(bodies.good("x"))));
        databaseAway = false;
        broken = true;
        assertAgain(2, deliver(ROUTE, SECRET, null, utf8(bodies.good("x"))));
    }

    @Test
    void a_connection_that_breaks_in_the_body_is_503() {
        WebhookRequest.BodySource half = () -> {
            throw new IOException("reset");
        };
        assertAgain(2, resource.receive(new WebhookRequest(ROUTE, SECRET, null, () -> "", half)));
    }

    @Test
    void good_updates_around_hostile_ones_are_accepted() {
        for (int i = 0; i < 200; i++) {
            HostileUpdates.Body hostile = bodies.next();
            assertEmpty(200, deliver(ROUTE, SECRET, hostile.gzip() ? "gzip" : null, hostile.bytes()));
            accepted.clear();
            parked.clear();
            assertEmpty(200, deliver(ROUTE, SECRET, null, utf8(bodies.good("still here"))));
            assertThat(accepted).hasSize(1);
            accepted.clear();
        }
    }

    private WebhookAnswer deliver(String route, @Nullable String secret, @Nullable String encoding, byte[] body) {
        return resource.receive(
                new WebhookRequest(route, secret, encoding, () -> "Host: x\n", () -> new ByteArrayInputStream(body)));
    }

    private static void assertEmpty(int status, WebhookAnswer answer) {
        assertThat(answer).isEqualTo(new WebhookAnswer(status, null));
    }

    private static void assertAgain(long seconds, WebhookAnswer answer) {
        assertThat(answer).isEqualTo(new WebhookAnswer(503, seconds));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private final class RecordingInbox extends Inbox {
        @Override
        public AcceptOutcome accept(NewUpdate update) {
            if (broken) {
                throw new IllegalStateException("a defect");
            }
            accepted.add(update);
            return outcome;
        }

        @Override
        public AcceptOutcome park(BotId bot, String reason, String headers, byte[] firstBytes, long size) {
            parked.add(new Parked(reason, headers, firstBytes, size));
            return outcome;
        }
    }
}
