package io.holdfast.outbox;

import io.holdfast.database.TurnDatabase;
import io.holdfast.kernel.BotId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Lets messages go to a chat again; in the current transaction. */
@ApplicationScoped
public class ChatReturn {

    @Inject
    private TurnDatabase database;

    /** The channel said that the bot is in the chat; does nothing where nobody had noted otherwise. */
    public void reachable(BotId bot, long chatId) {
        database.run(connection -> {
            Chats.reachable(connection, bot, chatId);
            return true;
        });
    }
}
