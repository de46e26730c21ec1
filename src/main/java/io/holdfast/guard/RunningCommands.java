package io.holdfast.guard;

import io.holdfast.kernel.BotId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;

/** The slow commands that run on this node, which somebody may want to end. */
@ApplicationScoped
public class RunningCommands {

    @Inject
    private Watchdog watchdog;

    /**
     * Ends what runs in the chat, by interrupting it: it says so itself, and is not tried again.
     *
     * @return the names of the commands that were told to end
     */
    public List<String> stop(BotId bot, long chat) {
        return watchdog.stop(new Watchdog.Place(bot, chat));
    }
}
