package io.holdfast.dispatch;

import io.holdfast.channel.InboundUpdate;
import io.holdfast.channel.InboundUpdate.ChatChange;
import io.holdfast.inbox.Completion;
import io.holdfast.inbox.InboxState;
import io.holdfast.lane.TurnRunner.TurnResult;
import io.holdfast.outbox.ChatMigrations;
import io.holdfast.outbox.ChatReturn;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Objects;

/** Applies what an update says about its chat, with the update's completion in one transaction. */
@ApplicationScoped
class ChatChanges {

    @Inject
    private Completion completion;

    @Inject
    private ChatMigrations migrations;

    @Inject
    private ChatReturn chats;

    @Transactional
    public TurnResult apply(TurnCall turn, ChatChange change) {
        if (!completion.claim(turn.row(), turn.owner(), InboxState.DONE)) {
            return new TurnResult.Lost();
        }
        InboundUpdate update = turn.row().update();
        switch (change) {
            case ChatChange.Migrated migrated -> migrations.migrate(update.bot(), migrated.from(), migrated.to());
            case ChatChange.LetIn letIn ->
                chats.reachable(
                        update.bot(), Objects.requireNonNull(update.chat()).id());
        }
        return new TurnResult.Ended(List.of());
    }
}
