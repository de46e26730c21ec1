package io.holdfast.lane;

import io.holdfast.due.DueWork;
import io.holdfast.kernel.BotId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The page of due work that was taken from the table and is not in the lanes yet: what comes in for these bots meanwhile is late.
 *
 * <p>T1 sees in the table what is still to be taken, and here what is on its way, however long that takes. A page that could not
 * be handed on stays, and comes again first. Taken and handed on by one thread; asked by all.
 */
@ApplicationScoped
class DueRound {
    private final Set<BotId> bots = ConcurrentHashMap.newKeySet();
    private volatile boolean taking;
    private List<DueWork> page = List.of();

    /** The page that is on its way, or else the next one; an empty one says that nothing more is due. */
    List<DueWork> take(Supplier<List<DueWork>> reader) {
        if (page.isEmpty()) {
            taking = true;
            try {
                page = reader.get();
                page.forEach(work -> bots.add(work.bot()));
            } finally {
                taking = false;
            }
        }
        return page;
    }

    /** All of the page is in the lanes, or nobody's here. */
    void handedOn() {
        page = List.of();
        bots.clear();
    }

    /** True where older updates of the bot may be on their way; to be asked after the younger one was committed. */
    boolean holdsUp(BotId bot) {
        // In this order: the bots of a page are known before it is said to be taken.
        return taking || bots.contains(bot);
    }
}
