package io.holdfast.lane;

import io.holdfast.inbox.Inbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.metrics.MetricRegistry;

/** Shows how much waits and runs on this node. */
@ApplicationScoped
class LaneMetrics {

    @Inject
    private MetricRegistry registry;

    @Inject
    private Lanes lanes;

    @Inject
    private Inbox inbox;

    @Inject
    private Rescue rescue;

    void register() {
        registry.gauge("bot_stuck_jobs", () -> rescue.stuck());
        registry.gauge("bot_jobs_queued", () -> lanes.openTurns());
        registry.gauge("bot_jobs_processing", () -> lanes.turns().out());
        registry.gauge("bot_sends_queued", () -> lanes.openSends());
        registry.gauge("bot_sends_in_flight", () -> lanes.sends().count(SendLane::out));
        registry.gauge("bot_lanes", () -> lanes.count());
        registry.gauge("bot_updates_waiting_for_commit", () -> inbox.waiting());
    }
}
