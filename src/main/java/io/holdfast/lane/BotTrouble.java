package io.holdfast.lane;

import io.holdfast.kernel.BotId;
import io.holdfast.kernel.ErrorCategory;
import io.holdfast.kernel.HoldfastException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/** Keeps one bot's trouble from the others: what fails for the bot's own sake is logged and counted, and they go on. */
@ApplicationScoped
class BotTrouble {
    private static final Logger LOG = System.getLogger(BotTrouble.class.getName());

    /** What is done for one bot after the other, by the name under which its failures are counted. */
    enum Step {
        TAKE_OVER("take_over"),
        HAND_ON("hand_on"),
        READ_BACK("read_back");

        private final String label;

        Step(String label) {
            this.label = label;
        }
    }

    @Inject
    private MetricRegistry registry;

    /**
     * Does the work, or leaves it to whoever comes to this bot again: a due row after a minute, the rescue every 30 s.
     *
     * @return whether it was done
     * @throws HoldfastException where the database is away, which is no bot's own trouble
     */
    boolean orLeave(BotId bot, Step step, Runnable work) {
        try {
            work.run();
            return true;
        } catch (RuntimeException e) {
            if (e instanceof HoldfastException failure && failure.category() == ErrorCategory.UNAVAILABLE) {
                throw e;
            }
            registry.counter("bot_lane_failures", new Tag("step", step.label)).inc();
            LOG.log(
                    Level.ERROR,
                    "Bot %s is left for now and tried again, the others go on (%s)".formatted(bot, step.label),
                    e);
            return false;
        }
    }
}
