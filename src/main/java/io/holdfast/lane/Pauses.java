package io.holdfast.lane;

import io.holdfast.kernel.BotId;
import io.holdfast.kernel.Changed;
import io.holdfast.kernel.ChangesMissed;
import io.holdfast.setting.BotSettings;
import io.holdfast.setting.Pacing;
import io.holdfast.setting.Settings;
import io.holdfast.setting.SettingsChanged;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What bounds the sends of a bot beyond its memory: who paces it, and its longer pauses, which a restart must find again. */
@ApplicationScoped
class Pauses {

    @Inject
    private PauseStore store;

    @Inject
    private Lanes lanes;

    @Inject
    private BotSettings settings;

    /** When the last stored pause of a bot is over, by this process's clock. */
    private final Map<BotId, Long> stored = new ConcurrentHashMap<>();

    /** Stores those that are worth it. */
    void store(List<Pause> pauses) {
        List<Pause> notable = pauses.stream().filter(Pause::notable).toList();
        if (!notable.isEmpty()) {
            store.store(notable);
            notable.forEach(this::note);
        }
    }

    /** Puts in force, for a lane that was just opened, what is stored for the bot. */
    void readBack(BotId bot) {
        pace(bot, settings.of(bot));
        for (Pause pause : store.of(bot)) {
            lanes.sends().on(bot, false, (lane, now) -> lane.pause(pause.chat(), pause.length(), now));
            note(pause);
        }
    }

    void changed(@Observes SettingsChanged event) {
        pace(event.bot(), event.settings());
    }

    void changedElsewhere(@Observes @Priority(Changed.ACTS) Changed change) {
        if (change.kind() == Changed.Kind.SETTINGS && lanes.holds(change.bot())) {
            pace(change.bot(), settings.of(change.bot()));
        }
    }

    void missed(@Observes @Priority(Changed.ACTS) ChangesMissed event) {
        lanes.bots().forEach(bot -> pace(bot, settings.of(bot)));
    }

    /** Removes the rows of pauses that are over. */
    void removeOver() {
        long now = System.nanoTime();
        List<Map.Entry<BotId, Long>> over = stored.entrySet().stream()
                .filter(entry -> now - entry.getValue() > 0)
                .toList();
        if (!over.isEmpty()) {
            store.removeOver(over.stream().map(Map.Entry::getKey).toList());
            over.forEach(entry -> stored.remove(entry.getKey(), entry.getValue()));
        }
    }

    private void pace(BotId bot, Settings now) {
        lanes.sends().on(bot, false, (lane, at) -> lane.ownPace(now.pacing() == Pacing.DEFAULT, at));
    }

    private void note(Pause pause) {
        stored.merge(pause.bot(), pause.until(), (one, other) -> one - other > 0 ? one : other);
    }
}
