package io.holdfast.telegram;

import io.holdfast.channel.BotApi;
import io.holdfast.channel.BotApi.Answer;
import io.holdfast.command.CommandRegistry;
import io.holdfast.fleet.Bots;
import io.holdfast.kernel.BotId;
import io.holdfast.kernel.BotStarted;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;

/**
 * Shows the registry's commands in Telegram's menu each time a bot starts.
 *
 * <p>On a thread of its own, so that no start waits for it; a failure is logged and mended by the next start.
 */
@ApplicationScoped
class CommandMenu {
    private static final Logger LOG = System.getLogger(CommandMenu.class.getName());
    private static final String DEFAULT_LANGUAGE = "";

    @Inject
    BotApi api;

    @Inject
    Bots bots;

    @Inject
    CommandRegistry registry;

    void started(@Observes BotStarted event) {
        Thread.ofVirtual().name("telegram-menu-" + event.bot()).start(() -> show(event.bot()));
    }

    void show(BotId bot) {
        try {
            var menu = Map.of(DEFAULT_LANGUAGE, registry.menu(DEFAULT_LANGUAGE));
            switch (api.setCommands(bots.token(bot), menu)) {
                case Answer.Success<Boolean> done -> LOG.log(Level.DEBUG, "Bot {0} shows its commands", bot);
                case Answer.Refused<Boolean> refused -> failed(bot, refused.code() + " " + refused.description());
                case Answer.Unreachable<Boolean> unreachable -> failed(bot, unreachable.reason());
            }
        } catch (RuntimeException e) {
            failed(bot, e.getClass().getSimpleName());
        }
    }

    private static void failed(BotId bot, String reason) {
        LOG.log(Level.WARNING, "The command menu of bot {0} could not be set: {1}", bot, reason);
    }
}
