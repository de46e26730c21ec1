package io.holdfast.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FaultsTest {

    private final Stage stage = Stage.open();

    @AfterEach
    void close() {
        stage.close();
    }

    private Faults.Active next(Fault fault) {
        return stage.simulator()
                .faults()
                .add(FaultRule.always(fault).onMethod("sendMessage").times(1));
    }

    @Test
    void a_reset_before_acceptance_leaves_no_trace_but_in_its_rule() {
        Faults.Active rule = next(Fault.of(FaultKind.RESET_BEFORE));
        assertThatThrownBy(() -> stage.send("hi")).isInstanceOf(UncheckedIOException.class);
        assertThat(stage.simulator().journal().calls()).isEmpty();
        assertThat(stage.chat().messages()).isEmpty();
        assertThat(rule.hits()).isEqualTo(1);
        assertThat(rule.remaining()).isZero();
    }

    @Test
    void a_reset_after_acceptance_hides_a_message_that_is_there() {
        next(Fault.of(FaultKind.RESET_AFTER));
        assertThatThrownBy(() -> stage.send("hi")).isInstanceOf(UncheckedIOException.class);
        ApiCall call = stage.simulator().journal().calls().getFirst();
        assertThat(call.accepted()).isTrue();
        assertThat(call.fault()).isEqualTo(FaultKind.RESET_AFTER);
        assertThat(call.messageId()).isEqualTo(stage.chat().lastMessage().id());
    }

    @Test
    void a_rate_limit_tells_how_long_to_wait_twice_and_applies_nothing() {
        next(Fault.rateLimit(17));
        BotClient.Reply reply = stage.send("hi");
        assertThat(reply.status()).isEqualTo(429);
        assertThat(reply.retryAfter()).isEqualTo("17");
        assertThat(reply.json().path("parameters").path("retry_after").asInt()).isEqualTo(17);
        assertThat(stage.chat().messages()).isEmpty();
        assertThat(stage.send("again").status()).isEqualTo(200);
    }

    @Test
    void a_gateway_may_fail_after_the_message_was_sent() {
        next(Fault.of(FaultKind.HTML).withApplied(true));
        BotClient.Reply reply = stage.send("hi");
        assertThat(reply.status()).isEqualTo(502);
        assertThat(reply.contentType()).isEqualTo("text/html");
        assertThat(reply.json().isMissingNode()).isTrue();
        assertThat(stage.chat().messages()).hasSize(1);
    }

    @Test
    void server_errors_empty_bodies_and_false_with_200_are_told_as_asked() {
        next(Fault.serverError(504));
        next(Fault.of(FaultKind.EMPTY));
        next(Fault.of(FaultKind.NOT_OK));
        assertThat(stage.send("1").status()).isEqualTo(504);
        BotClient.Reply empty = stage.send("2");
        assertThat(empty.status()).isEqualTo(200);
        assertThat(empty.body()).isEmpty();
        BotClient.Reply notOk = stage.send("3");
        assertThat(notOk.status()).isEqualTo(200);
        assertThat(notOk.json().path("ok").asBoolean(true)).isFalse();
        assertThat(stage.chat().messages()).extracting(SimMessage::text).containsExactly("2");
    }

    @Test
    void half_a_json_ends_before_its_promised_length() {
        next(Fault.of(FaultKind.HALF_JSON));
        assertThatThrownBy(() -> stage.send("hi"))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("middle of a body");
        assertThat(stage.chat().messages()).hasSize(1);
    }

    @Test
    void a_dripping_answer_is_whole_but_slow() {
        next(Fault.drip(Duration.ofMillis(1)));
        long start = System.nanoTime();
        BotClient.Reply reply = stage.send("hi");
        assertThat(reply.result().path("text").asText()).isEqualTo("hi");
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isGreaterThan(Duration.ofMillis(reply.body().length()));
    }

    @Test
    void rules_strike_only_their_method_chat_and_bot() {
        SimBot other = stage.simulator().createBot("other_bot", "Other");
        stage.simulator().faults().add(FaultRule.always(Fault.serverError(500)).onBot(other));
        stage.simulator().faults().add(FaultRule.always(Fault.serverError(500)).onMethod("getChat"));
        SimChat elsewhere = stage.simulator().privateChat(stage.bot(), "Bob");
        stage.simulator().faults().add(FaultRule.always(Fault.serverError(500)).onChat(elsewhere));
        assertThat(stage.send("hi").status()).isEqualTo(200);
        assertThat(stage.send(elsewhere, "hi", "").status()).isEqualTo(500);
        assertThat(stage.call("getChat", "{\"chat_id\":" + stage.chat().id() + "}")
                        .status())
                .isEqualTo(500);
    }

    @Test
    void chance_follows_the_seed() {
        assertThat(strikes(7)).isEqualTo(strikes(7)).isBetween(20, 80);
    }

    private static int strikes(long seed) {
        try (Stage seeded = Stage.open(SimulatorConfig.defaults().withSeed(seed))) {
            Faults.Active rule = seeded.simulator()
                    .faults()
                    .add(FaultRule.always(Fault.serverError(500)).withProbability(0.5));
            for (int i = 0; i < 100; i++) {
                seeded.call("getMe", "{}");
            }
            return rule.hits();
        }
    }
}
