package io.holdfast.telegram;

import io.holdfast.database.EngineDatabase;
import io.holdfast.event.Event;
import io.holdfast.event.EventKind;
import io.holdfast.event.Events;
import io.holdfast.fleet.Suspension;
import io.holdfast.kernel.BotId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Suspends the bot whose poller was refused, and leaves word of one that has a rival. */
@ApplicationScoped
class PollTrouble implements PollLoop.Trouble {

    @Inject
    private Suspension suspension;

    @Inject
    private EngineDatabase database;

    @Override
    public void refused(BotId bot, String reason) {
        suspension.suspend(bot, reason);
    }

    @Override
    public void conflict(BotId bot, String reason) {
        database.run(connection -> {
            Events.record(connection, Event.ofBot(EventKind.ALERTED, bot, "CONFLICT", reason));
            return true;
        });
    }
}
