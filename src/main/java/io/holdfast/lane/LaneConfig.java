package io.holdfast.lane;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How much runs at once on this node. */
@Dependent
class LaneConfig {

    /** Turns that run at once; one bot never has more than half of them. */
    @Inject
    @ConfigProperty(name = "holdfast.lane.turns", defaultValue = "8")
    int turns;

    /** Turns that touch no store which share one commit at most; 0 where each has its own. */
    @Inject
    @ConfigProperty(name = "holdfast.lane.shared", defaultValue = "64")
    int shared;

    /** Threads of the control lane: control commands, acknowledgements of buttons, refusals. */
    @Inject
    @ConfigProperty(name = "holdfast.lane.controls", defaultValue = "2")
    int controls;

    /** Over so many waiting turns of a bot, the oldest too old, new ones are refused. */
    @Inject
    @ConfigProperty(name = "holdfast.lane.waiting", defaultValue = "50")
    int waiting;

    /** How long the oldest of them may wait before new ones are refused. */
    @Inject
    @ConfigProperty(name = "holdfast.lane.waiting-age", defaultValue = "PT30S")
    Duration waitingAge;

    /** Over so many open turns of all bots, no send to many begins. */
    @Inject
    @ConfigProperty(name = "holdfast.lane.busy", defaultValue = "500")
    int busy;

    /** Calls in flight at once: what a crash of this node can duplicate at most. */
    @Inject
    @ConfigProperty(name = "holdfast.lane.calls", defaultValue = "32")
    int calls;

    /** Calls of one bot in flight at once. */
    @Inject
    @ConfigProperty(name = "holdfast.lane.calls-per-bot", defaultValue = "8")
    int callsPerBot;

    /** Open updates of one bot that are kept in memory; beyond, they are read back from the database. */
    @Inject
    @ConfigProperty(name = "holdfast.lane.memory", defaultValue = "5000")
    int memory;

    /** Calls of one bot in flight at once before another one to many. */
    @Inject
    @ConfigProperty(name = "holdfast.lane.bulk-calls-per-bot", defaultValue = "30")
    int bulkCallsPerBot;

    /** Calls of all bots of this node in a second; 0 for no limit. */
    @Inject
    @ConfigProperty(name = "holdfast.lane.calls-per-second", defaultValue = "0")
    int callsPerSecond;

    /** What goes to many leaves room for one bot's answers. */
    SendLimits sendLimits() {
        return new SendLimits(callsPerBot, bulkCallsPerBot, Math.max(1, calls - callsPerBot), callsPerSecond);
    }
}
