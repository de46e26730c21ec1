package io.holdfast.inbox;

import io.holdfast.kernel.BotId;
import java.util.Collection;
import java.util.List;

/**
 * Takes over what was just committed, in memory.
 *
 * <p>Called on the thread that commits: must be quick and must not block. The same row may be handed on twice.
 */
public interface AcceptedUpdates {

    /** Takes what belongs to bots that live here, and answers the rest. */
    List<AcceptedUpdate> handOn(List<AcceptedUpdate> accepted);

    /** The same of updates that must come after what is due of their bots. */
    List<AcceptedUpdate> handOnLate(List<AcceptedUpdate> accepted);

    /** Says that due rows were just written for rows of these bots, which nobody took. */
    void lookForDueWork(Collection<BotId> bots);
}
