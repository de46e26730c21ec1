package io.holdfast.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HostileDeliveryTest {

    private final Stage stage = Stage.open(SimulatorConfig.defaults().withTimeScale(1000));

    @AfterEach
    void close() {
        stage.close();
    }

    private List<Delivery> deliveries() {
        return stage.simulator().journal().deliveries();
    }

    @Test
    void deliveries_are_doubled_and_cut_by_faults() {
        try (FakeWebhook webhook = new FakeWebhook(update -> FakeWebhook.OK)) {
            stage.setWebhook(webhook, 1);
            stage.simulator()
                    .faults()
                    .add(FaultRule.always(Fault.of(FaultKind.WEBHOOK_DUPLICATE)).times(1));
            stage.simulator().say(stage.bot(), stage.chat(), "twice");
            stage.simulator().awaitIdle(Stage.PATIENCE);
            assertThat(webhook.bodies()).hasSize(2);
            stage.simulator()
                    .faults()
                    .add(FaultRule.always(Fault.of(FaultKind.WEBHOOK_DROP)).times(1));
            stage.simulator().say(stage.bot(), stage.chat(), "cut");
            stage.simulator().awaitIdle(Stage.PATIENCE);
            assertThat(webhook.bodies()).hasSize(3);
            assertThat(deliveries()).hasSize(4);
        }
    }

    @Test
    void hostile_updates_are_delivered_as_they_are() {
        try (FakeWebhook webhook = new FakeWebhook(update -> FakeWebhook.OK)) {
            stage.setWebhook(webhook, 4);
            List<String> hostile =
                    List.of("{\"update_id\":7,", "", "[]", "{\"update_id\":9007199254740993,\"x\":\"\\ud800\"}");
            for (String body : hostile) {
                stage.simulator().raw(stage.bot(), body.getBytes(UTF_8));
            }
            stage.simulator().awaitIdle(Stage.PATIENCE);
            assertThat(webhook.bodies()).containsExactlyInAnyOrderElementsOf(hostile);
            assertThat(deliveries()).extracting(Delivery::updateId).contains(9007199254740993L);
        }
    }
}
