package io.holdfast.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.channel.InboundUpdate;
import io.holdfast.channel.InboundUpdate.Chat;
import io.holdfast.kernel.BotId;
import io.holdfast.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RefusalNoticesTest {
    private static final BotId BOT = new BotId(1);

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-25T10:00:00Z"));
    private final RefusalNotices notices = new RefusalNotices();

    @BeforeEach
    @SuppressWarnings("UnnecessaryAssignment") // there is no container here
    void set_the_clock() {
        notices.clock = clock;
    }

    @Test
    void a_chat_is_told_once_a_minute() {
        assertThat(notices.wanted(in(BOT, 5L))).isTrue();
        clock.advance(Duration.ofSeconds(59));
        assertThat(notices.wanted(in(BOT, 5L))).isFalse();
        clock.advance(Duration.ofSeconds(1));
        assertThat(notices.wanted(in(BOT, 5L))).isTrue();
        assertThat(notices.wanted(in(BOT, 5L))).isFalse();
    }

    @Test
    void another_chat_and_the_same_chat_of_another_bot_are_told_by_themselves() {
        assertThat(notices.wanted(in(BOT, 5L))).isTrue();
        assertThat(notices.wanted(in(BOT, 6L))).isTrue();
        assertThat(notices.wanted(in(new BotId(2), 5L))).isTrue();
        assertThat(notices.wanted(in(BOT, null))).as("nobody to tell").isFalse();
    }

    private static InboundUpdate in(BotId bot, @Nullable Long chat) {
        return new InboundUpdate(
                bot,
                "telegram",
                "1",
                "message",
                "chat:5",
                null,
                chat == null ? null : new Chat(chat, "private", null),
                null,
                1L,
                null,
                "/echo hello",
                List.of(),
                null,
                null,
                Instant.MAX);
    }
}
