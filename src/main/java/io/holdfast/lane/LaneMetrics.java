package io.holdfast.lane;

import io.holdfast.inbox.Inbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
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

    @Inject
    private ApiHost host;

    void register() {
        registry.gauge("bot_stuck_jobs", () -> rescue.stuck());
        registry.gauge("bot_jobs_queued", () -> lanes.openTurns());
        registry.gauge("bot_jobs_processing", () -> lanes.turns().out());
        registry.gauge("bot_sends_queued", () -> lanes.openSends());
        registry.gauge("bot_sends_in_flight", () -> lanes.sends().count(SendLane::out));
        registry.gauge("bot_sends_waiting", () -> lanes.sends().count(SendLane::waiting));
        registry.gauge("bot_paused_chats", () -> sum(lanes.sends().each(SendLane::pausedChats)));
        registry.gauge("bot_paused_bots", () -> sum(lanes.sends().each((lane, now) -> lane.paused(now) ? 1 : 0)));
        registry.gauge("bot_breaker_open", () -> host.cutOff() ? 1 : 0);
        registry.gauge("bot_lanes", () -> lanes.count());
        registry.gauge("bot_updates_waiting_for_commit", () -> inbox.waiting());
    }

    private static int sum(List<Integer> figures) {
        return figures.stream().mapToInt(Integer::intValue).sum();
    }
}
