package io.holdfast.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WebhookDeliveryTest {

    private static final HttpResponse FAILURE = HttpResponse.of(500, "text/plain", new byte[0]);

    private final Stage stage = Stage.open(SimulatorConfig.defaults().withTimeScale(100));

    @AfterEach
    void close() {
        stage.close();
    }

    private List<Delivery> deliveries() {
        return stage.simulator().journal().deliveries();
    }

    @Test
    void an_update_is_retried_until_it_gets_a_success() {
        AtomicInteger calls = new AtomicInteger();
        try (FakeWebhook webhook = new FakeWebhook(update -> calls.incrementAndGet() < 5 ? FAILURE : FakeWebhook.OK)) {
            stage.setWebhook(webhook, 1);
            long id = stage.simulator().say(stage.bot(), stage.chat(), "hi");
            stage.simulator().awaitIdle(Stage.PATIENCE);
            assertThat(deliveries()).extracting(Delivery::updateId).containsOnly(id);
            assertThat(deliveries()).extracting(Delivery::attempt).containsExactly(1, 2, 3, 4, 5);
            assertThat(deliveries()).extracting(Delivery::status).containsExactly(500, 500, 500, 500, 200);
            assertThat(gapMillis(1)).isGreaterThanOrEqualTo(2);
            assertThat(gapMillis(3)).isGreaterThanOrEqualTo(8);
            assertThat(stage.call("getWebhookInfo", "{}")
                            .result()
                            .path("last_error_message")
                            .asText())
                    .contains("500");
        }
    }

    private long gapMillis(int failure) {
        return (deliveries().get(failure + 1).startNanos()
                        - deliveries().get(failure).endNanos())
                / 1_000_000;
    }

    @Test
    void a_redirect_is_a_failure() {
        AtomicInteger calls = new AtomicInteger();
        HttpResponse redirect = HttpResponse.of(302, "text/plain", new byte[0]).withHeader("Location", "/other");
        try (FakeWebhook webhook =
                new FakeWebhook(update -> calls.incrementAndGet() == 1 ? redirect : FakeWebhook.OK)) {
            stage.setWebhook(webhook, 1);
            stage.simulator().say(stage.bot(), stage.chat(), "hi");
            stage.simulator().awaitIdle(Stage.PATIENCE);
            assertThat(deliveries()).extracting(Delivery::status).containsExactly(302, 200);
        }
    }

    @Test
    void retry_after_of_the_webhook_is_honoured() {
        AtomicInteger calls = new AtomicInteger();
        HttpResponse busy = HttpResponse.of(503, "text/plain", new byte[0]).withHeader("Retry-After", "5");
        try (FakeWebhook webhook = new FakeWebhook(update -> calls.incrementAndGet() == 1 ? busy : FakeWebhook.OK)) {
            stage.setWebhook(webhook, 1);
            stage.simulator().say(stage.bot(), stage.chat(), "hi");
            stage.simulator().awaitIdle(Stage.PATIENCE);
            assertThat(gapMillis(0)).isGreaterThanOrEqualTo(50);
        }
    }

    @Test
    void updates_of_a_chat_come_one_at_a_time_in_order_while_chats_run_side_by_side() {
        Map<Long, AtomicInteger> inFlight = new ConcurrentHashMap<>();
        AtomicInteger overlaps = new AtomicInteger();
        AtomicInteger all = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        try (FakeWebhook webhook = new FakeWebhook(update -> {
            long chat = chatOf(update);
            AtomicInteger here = inFlight.computeIfAbsent(chat, key -> new AtomicInteger());
            if (here.incrementAndGet() > 1) {
                overlaps.incrementAndGet();
            }
            most.accumulateAndGet(all.incrementAndGet(), Math::max);
            Thread.sleep(1);
            all.decrementAndGet();
            here.decrementAndGet();
            return FakeWebhook.OK;
        })) {
            stage.setWebhook(webhook, 8);
            List<SimChat> chats = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                chats.add(stage.simulator().privateChat(stage.bot(), "User"));
            }
            for (int i = 0; i < 300; i++) {
                stage.simulator().say(stage.bot(), chats.get(i % 10), "#" + i);
            }
            stage.simulator().awaitIdle(Stage.PATIENCE);
            assertThat(overlaps).hasValue(0);
            assertThat(most.get()).isBetween(2, 8);
            for (SimChat chat : chats) {
                assertThat(deliveries().stream().filter(delivery -> delivery.chatId() == chat.id()))
                        .extracting(Delivery::updateId)
                        .hasSize(30)
                        .isSorted();
            }
        }
    }

    private static long chatOf(String update) {
        var node = Json.parse(update);
        return node == null ? 0 : node.path("message").path("chat").path("id").asLong();
    }

    @Test
    void a_failing_chat_does_not_hold_up_another() {
        try (FakeWebhook webhook = new FakeWebhook(update -> update.contains("poison") ? FAILURE : FakeWebhook.OK)) {
            stage.setWebhook(webhook, 2);
            SimChat other = stage.simulator().privateChat(stage.bot(), "Bob");
            stage.simulator().say(stage.bot(), stage.chat(), "poison");
            stage.simulator().say(stage.bot(), stage.chat(), "/stop");
            long id = stage.simulator().say(stage.bot(), other, "hello");
            awaitAcknowledged(id);
            assertThat(webhook.bodies()).noneMatch(body -> body.contains("/stop"));
            assertThat(stage.bot().pendingUpdates()).isEqualTo(2);
        }
    }

    private void awaitAcknowledged(long updateId) {
        long deadline = System.nanoTime() + Stage.PATIENCE.toNanos();
        while (deliveries().stream()
                .noneMatch(delivery -> delivery.updateId() == updateId && delivery.acknowledged())) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    @Test
    void a_success_with_a_method_in_its_body_is_executed() {
        String body = "{\"method\":\"sendMessage\",\"chat_id\":" + stage.chat().id() + ",\"text\":\"pong\"}";
        try (FakeWebhook webhook = new FakeWebhook(update -> HttpResponse.json(200, body))) {
            stage.setWebhook(webhook, 1);
            stage.simulator().say(stage.bot(), stage.chat(), "ping");
            ApiCall call = stage.simulator()
                    .journal()
                    .awaitCalls(entry -> entry.method().equals("sendMessage"), 1, Stage.PATIENCE)
                    .getFirst();
            assertThat(call.accepted()).isTrue();
            assertThat(stage.chat().lastMessage().text()).isEqualTo("pong");
        }
    }

    @Test
    void the_secret_is_sent_and_the_query_of_the_url_kept() {
        try (FakeWebhook webhook = new FakeWebhook(update -> FakeWebhook.OK)) {
            stage.call("setWebhook", "{\"url\":\"" + webhook.url() + "?x=1\",\"secret_token\":\"s3-cret_\"}");
            stage.simulator().say(stage.bot(), stage.chat(), "hi");
            stage.simulator().awaitIdle(Stage.PATIENCE);
            assertThat(webhook.secret()).isEqualTo("s3-cret_");
        }
    }

    @Test
    void presses_queue_by_user_apart_from_the_messages_of_the_chat() {
        CountDownLatch pressed = new CountDownLatch(1);
        try (FakeWebhook webhook = new FakeWebhook(update -> {
            if (update.contains("callback_query")) {
                pressed.countDown();
            } else {
                pressed.await();
            }
            return FakeWebhook.OK;
        })) {
            stage.setWebhook(webhook, 2);
            stage.send("choose");
            stage.simulator().say(stage.bot(), stage.chat(), "slow");
            stage.simulator().press(stage.bot(), stage.chat(), 1, "yes");
            stage.simulator().awaitIdle(Stage.PATIENCE);
            assertThat(webhook.bodies()).hasSize(2);
        }
    }

    @Test
    void a_press_comes_back_under_a_new_update_id_with_the_same_query_id() {
        try (FakeWebhook webhook = new FakeWebhook(update -> FakeWebhook.OK)) {
            stage.setWebhook(webhook, 1);
            stage.send("choose");
            SimPress press = stage.simulator().press(stage.bot(), stage.chat(), 1, "yes");
            SimPress again = stage.simulator().repeat(press);
            stage.simulator().awaitIdle(Stage.PATIENCE);
            assertThat(again.updateId()).isGreaterThan(press.updateId());
            assertThat(webhook.bodies()).hasSize(2).allMatch(body -> body.contains(press.queryId()));
        }
    }

    @Test
    void a_callback_query_expires_after_150_seconds() {
        try (FakeWebhook webhook = new FakeWebhook(update -> FAILURE)) {
            stage.setWebhook(webhook, 1);
            stage.send("choose");
            stage.simulator().press(stage.bot(), stage.chat(), 1, "yes");
            stage.simulator().awaitIdle(Stage.PATIENCE);
            assertThat(deliveries().getLast().error()).isEqualTo("expired");
        }
    }

    @Test
    void a_webhook_that_says_410_for_23_hours_is_deleted() {
        try (Stage fast = Stage.open(SimulatorConfig.defaults().withTimeScale(100_000));
                FakeWebhook webhook = new FakeWebhook(update -> HttpResponse.of(410, "text/plain", new byte[0]))) {
            fast.setWebhook(webhook, 1);
            long deadline = System.nanoTime() + Stage.PATIENCE.toNanos();
            while (fast.bot().hasWebhook()) {
                // An update lives hardly longer than the 23 hours: when one is gone, another keeps Telegram trying.
                if (fast.bot().pendingUpdates() == 0) {
                    fast.simulator().say(fast.bot(), fast.chat(), "hi");
                }
                assertThat(System.nanoTime()).isLessThan(deadline);
                Thread.onSpinWait();
            }
            assertThat(fast.bot().hasWebhook()).isFalse();
        }
    }
}
