package io.holdfast.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryTest {

    @Test
    void a_restart_finds_bots_chats_messages_and_numbers_again() {
        String saved;
        String token;
        long update;
        try (Simulator first = Simulator.start(SimulatorConfig.defaults())) {
            SimBot bot = first.createBot("demo_bot", "Demo bot");
            token = bot.token();
            SimChat chat = first.privateChat(bot, "Ann");
            first.group("Tea", List.of(chat.user()), bot);
            first.say(bot, chat, "one \"two\"");
            update = first.say(bot, chat, "three");
            saved = first.save();
        }
        try (Simulator second = Simulator.start(SimulatorConfig.defaults())) {
            second.restore(saved);
            assertThat(second.save()).isEqualTo(saved);
            SimBot bot = second.bots().getFirst();
            assertThat(bot.token()).isEqualTo(token);
            SimChat chat = bot.chats().values().stream()
                    .filter(SimChat::isPrivate)
                    .findFirst()
                    .orElseThrow();
            assertThat(chat.messages()).extracting(SimMessage::text).containsExactly("one \"two\"", "three");
            assertThat(second.say(bot, chat, "four")).isEqualTo(update + 1);
            assertThat(chat.lastMessage().id()).isEqualTo(3);
        }
    }

    @Test
    void other_text_is_refused() {
        try (Simulator simulator = Simulator.start(SimulatorConfig.defaults())) {
            assertThatThrownBy(() -> simulator.restore("yesterday"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("not what a simulator wrote");
        }
    }
}
