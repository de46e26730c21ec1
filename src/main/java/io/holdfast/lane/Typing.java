package io.holdfast.lane;

import io.holdfast.channel.ChannelSender;
import io.holdfast.channel.MessageFormat;
import io.holdfast.channel.OutboundCall;
import io.holdfast.channel.SendOutcome;
import io.holdfast.kernel.BotId;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Shows a chat that the bot is at work, for as long as it is. Never stored, never retried: a lost one is no loss. */
@ApplicationScoped
public class Typing {
    /** Telegram: a chat action is shown for 5 seconds. */
    private static final Duration AGAIN = Duration.ofMillis(4500);

    @Inject
    private ChannelSender channel;

    @Inject
    private MessageFormat format;

    @Inject
    private Lanes lanes;

    @Inject
    private ApiHost host;

    private final ExecutorService loops = Executors.newVirtualThreadPerTaskExecutor();

    /** Shown until it is closed, or the bot no longer works here. */
    public interface Shown extends AutoCloseable {
        @Override
        void close();
    }

    /** Begins to show it; returns at once. */
    public Shown show(BotId bot, long chatId) {
        MessageFormat.Call call = format.typing(chatId);
        Future<?> loop = loops.submit(() -> {
            while (!Thread.currentThread().isInterrupted() && lanes.holds(bot)) {
                if (!host.cutOff()
                        && !lanes.paused(bot, chatId)
                        && channel.send(new OutboundCall(bot, call.method(), call.payload(), 1))
                                instanceof SendOutcome.SuspendBot) {
                    break;
                }
                Thread.sleep(AGAIN);
            }
            return null;
        });
        return () -> loop.cancel(true);
    }

    @PreDestroy
    void close() {
        loops.shutdownNow();
    }
}
