package io.holdfast.dispatch;

import io.holdfast.channel.InboundUpdate;
import io.holdfast.kernel.BotId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;

/** Decides which refusals are told: one in a chat and minute. Memory only; thread-safe. */
@ApplicationScoped
class RefusalNotices {
    private static final Duration QUIET = Duration.ofMinutes(1);

    private record Place(BotId bot, long chat) {}

    @Inject
    InstantSource clock;

    /** Oldest first, since each is put in anew when it is told again. */
    private final LinkedHashMap<Place, Instant> told = new LinkedHashMap<>();

    /** True when the chat of the update is to be told now. */
    synchronized boolean wanted(InboundUpdate update) {
        if (update.chat() == null) {
            return false;
        }
        Instant now = clock.instant();
        Instant limit = now.minus(QUIET);
        for (Iterator<Instant> oldest = told.values().iterator();
                oldest.hasNext() && !oldest.next().isAfter(limit); ) {
            oldest.remove();
        }
        return told.putIfAbsent(new Place(update.bot(), update.chat().id()), now) == null;
    }
}
