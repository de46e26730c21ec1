package io.holdfast.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PollingTest {

    private final Stage stage = Stage.open();

    @AfterEach
    void close() {
        stage.close();
    }

    private List<Long> poll(String json) {
        return stage.call("getUpdates", json).result().findValues("update_id").stream()
                .map(JsonNode::asLong)
                .toList();
    }

    @Test
    void a_higher_offset_confirms_what_is_below_it() {
        long first = stage.simulator().say(stage.bot(), stage.chat(), "one");
        long second = stage.simulator().say(stage.bot(), stage.chat(), "two");
        assertThat(second).isEqualTo(first + 1);
        assertThat(poll("{}")).containsExactly(first, second);
        assertThat(poll("{\"limit\":1}")).containsExactly(first);
        assertThat(poll("{\"offset\":" + second + "}")).containsExactly(second);
        assertThat(poll("{\"offset\":" + (second + 1) + "}")).isEmpty();
        assertThat(stage.bot().pendingUpdates()).isZero();
    }

    @Test
    void a_negative_offset_keeps_only_the_last_ones() {
        stage.simulator().say(stage.bot(), stage.chat(), "one");
        long second = stage.simulator().say(stage.bot(), stage.chat(), "two");
        assertThat(poll("{\"offset\":-1}")).containsExactly(second);
    }

    @Test
    void polling_while_a_webhook_is_set_is_a_conflict() {
        stage.call("setWebhook", "{\"url\":\"http://127.0.0.1:1/\"}");
        BotClient.Reply reply = stage.call("getUpdates", "{}");
        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.description()).startsWith("Conflict: can't use getUpdates method while webhook is active");
        stage.call("deleteWebhook", "{}");
        assertThat(stage.call("getUpdates", "{}").status()).isEqualTo(200);
    }

    @Test
    void the_second_poller_ends_the_first() throws Exception {
        try (BotClient first = BotClient.of(stage.simulator(), stage.bot())) {
            CompletableFuture<BotClient.Reply> waiting = later(first);
            while (!waiting.isDone()) {
                assertThat(stage.call("getUpdates", "{}").status()).isEqualTo(200);
            }
            BotClient.Reply reply = waiting.get(10, TimeUnit.SECONDS);
            assertThat(reply.errorCode()).isEqualTo(409);
            assertThat(reply.description()).startsWith("Conflict: terminated by other getUpdates request");
        }
    }

    @Test
    void a_long_poll_ends_with_the_first_update() throws Exception {
        try (BotClient poller = BotClient.of(stage.simulator(), stage.bot())) {
            CompletableFuture<BotClient.Reply> waiting = later(poller);
            long id = stage.simulator().say(stage.bot(), stage.chat(), "now");
            assertThat(waiting.get(10, TimeUnit.SECONDS)
                            .result()
                            .path(0)
                            .path("update_id")
                            .asLong())
                    .isEqualTo(id);
        }
    }

    private static CompletableFuture<BotClient.Reply> later(BotClient client) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return client.call("getUpdates", "{\"timeout\":20}");
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Test
    void reactions_and_member_changes_come_only_when_asked_for_and_the_list_stays() {
        assertThat(stage.simulator().update(stage.bot(), "chat_member", "{}")).isZero();
        poll("{\"allowed_updates\":[\"chat_member\"]}");
        assertThat(stage.simulator().update(stage.bot(), "chat_member", "{}")).isPositive();
        poll("{}");
        assertThat(stage.simulator().say(stage.bot(), stage.chat(), "not asked for"))
                .isZero();
        poll("{\"allowed_updates\":[]}");
        assertThat(stage.simulator().say(stage.bot(), stage.chat(), "default again"))
                .isPositive();
    }

    @Test
    void update_ids_restart_at_random_after_an_idle_week() {
        long before = stage.simulator().say(stage.bot(), stage.chat(), "before");
        poll("{\"offset\":" + (before + 1) + "}");
        long restarted = stage.simulator().restartUpdateIds(stage.bot());
        assertThat(stage.simulator().say(stage.bot(), stage.chat(), "after")).isEqualTo(restarted);
        assertThat(stage.simulator().say(stage.bot(), stage.chat(), "after")).isEqualTo(restarted + 1);
    }

    @Test
    void updates_of_a_deleted_webhook_are_polled_in_order_or_dropped() {
        stage.call("setWebhook", "{\"url\":\"http://127.0.0.1:1/\"}");
        long first = stage.simulator().say(stage.bot(), stage.chat(), "one");
        long second = stage.simulator().say(stage.bot(), stage.chat(), "two");
        stage.call("deleteWebhook", "{}");
        assertThat(poll("{}")).containsExactly(first, second);
        stage.call("deleteWebhook", "{\"drop_pending_updates\":true}");
        assertThat(poll("{}")).isEmpty();
    }
}
