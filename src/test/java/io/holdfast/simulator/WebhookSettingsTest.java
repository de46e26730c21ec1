package io.holdfast.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WebhookSettingsTest {

    @Test
    void a_webhook_is_set_once_a_second() {
        try (Stage stage = Stage.open(SimulatorConfig.defaults().withTimeScale(0.01))) {
            assertThat(stage.call("setWebhook", "{\"url\":\"http://127.0.0.1:1/a\"}")
                            .status())
                    .isEqualTo(200);
            BotClient.Reply second = stage.call("setWebhook", "{\"url\":\"http://127.0.0.1:1/b\"}");
            assertThat(second.status()).isEqualTo(429);
            assertThat(second.json().path("parameters").path("retry_after").asInt())
                    .isEqualTo(1);
            assertThat(second.retryAfter()).isEqualTo("1");
        }
    }

    @Test
    void the_secret_takes_256_of_its_characters() {
        try (Stage stage = Stage.open()) {
            assertThat(set(stage, "http://127.0.0.1:1/", "a".repeat(257))).contains("too long");
            assertThat(set(stage, "http://127.0.0.1:1/", "ä")).contains("unallowed characters");
            assertThat(set(stage, "http://127.0.0.1:1/", "a".repeat(256))).isEmpty();
        }
    }

    @Test
    void https_and_four_ports_are_demanded_only_when_asked_for() {
        try (Stage stage = Stage.open(
                SimulatorConfig.defaults().withStrictWebhookUrls(true).withTimeScale(1e5))) {
            assertThat(set(stage, "http://example.org/", "x")).contains("An HTTPS URL must be provided");
            assertThat(set(stage, "https://example.org:8080/", "x")).contains("ports 80, 88, 443 or 8443");
            assertThat(set(stage, "no url", "x")).contains("bad webhook");
            assertThat(set(stage, "https://example.org:8443/", "x")).isEmpty();
        }
    }

    private static String set(Stage stage, String url, String secret) {
        BotClient.Reply reply = stage.call(
                "setWebhook", "{\"url\":\"" + url + "\",\"secret_token\":\"" + secret + "\",\"max_connections\":500}");
        return reply.json().path("ok").asBoolean() ? "" : reply.description();
    }
}
