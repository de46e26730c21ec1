package io.holdfast.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeliveryRouteTest {
    private static final HttpResponse BUSY = HttpResponse.of(503, "text/plain", new byte[0]);
    private static final HttpResponse WRONG = HttpResponse.of(404, "text/plain", new byte[0]);

    private final Stage stage = Stage.open(SimulatorConfig.defaults().withTimeScale(100));
    private final List<String> failures = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        stage.close();
    }

    private DeliveryRoute through(FakeWebhook... webhooks) {
        List<URI> places = List.of(webhooks).stream().map(FakeWebhook::url).toList();
        return new DeliveryRoute() {
            @Override
            public List<URI> places(URI webhook) {
                return places;
            }

            @Override
            public Duration patience() {
                return Duration.ofSeconds(5);
            }

            @Override
            public void failed(URI place, String reason) {
                failures.add(reason);
            }
        };
    }

    @Test
    void a_place_that_refuses_or_is_busy_is_left_for_the_next_one_within_the_same_delivery() {
        FakeWebhook gone = new FakeWebhook(update -> FakeWebhook.OK);
        gone.close();
        try (FakeWebhook named = new FakeWebhook(update -> FakeWebhook.OK);
                FakeWebhook busy = new FakeWebhook(update -> BUSY);
                FakeWebhook last = new FakeWebhook(update -> FakeWebhook.OK)) {
            stage.simulator().route(through(gone, busy, last));
            stage.setWebhook(named, 1);
            stage.simulator().say(stage.bot(), stage.chat(), "hi");
            stage.simulator().awaitIdle(Stage.PATIENCE);
            assertThat(named.bodies()).isEmpty();
            assertThat(last.bodies()).hasSize(1);
            assertThat(failures).containsExactly("Connection refused", "Wrong response from the webhook: 503");
            assertThat(stage.simulator().journal().deliveries())
                    .extracting(Delivery::acknowledged)
                    .containsExactly(true);
        }
    }

    @Test
    void another_answer_than_503_is_the_answer() {
        AtomicInteger calls = new AtomicInteger();
        try (FakeWebhook first = new FakeWebhook(update -> calls.incrementAndGet() == 1 ? WRONG : FakeWebhook.OK);
                FakeWebhook second = new FakeWebhook(update -> FakeWebhook.OK)) {
            stage.simulator().route(through(first, second));
            stage.setWebhook(first, 1);
            stage.simulator().say(stage.bot(), stage.chat(), "hi");
            stage.simulator().awaitIdle(Stage.PATIENCE);
            assertThat(stage.simulator().journal().deliveries())
                    .extracting(Delivery::status)
                    .containsExactly(404, 200);
            assertThat(second.bodies()).isEmpty();
            assertThat(failures).isEmpty();
        }
    }

    @Test
    void the_journal_says_who_called_when_the_base_address_does() throws Exception {
        stage.call("getMe", "{}");
        var request = java.net.http.HttpRequest.newBuilder(stage.simulator()
                        .url()
                        .resolve("/as/north/bot" + stage.bot().token() + "/getMe"))
                .build();
        try (var http = java.net.http.HttpClient.newHttpClient()) {
            assertThat(http.send(request, java.net.http.HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
        }
        assertThat(stage.simulator().journal().calls(stage.bot(), "getMe"))
                .extracting(ApiCall::caller)
                .containsExactly("", "north");
    }
}
