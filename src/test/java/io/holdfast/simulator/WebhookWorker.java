package io.holdfast.simulator;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One connection to a webhook: takes a lane, delivers its first update, settles it, and so on. */
final class WebhookWorker implements Runnable {

    private static final double GONE_HOURS = 23;
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final SimBot bot;
    private final UpdateQueue queue;
    private final World world;
    private final WebhookSettings settings;
    private final WebhookPlaces places;

    WebhookWorker(SimBot bot, UpdateQueue queue, World world, WebhookSettings settings) {
        this.bot = bot;
        this.queue = queue;
        this.world = world;
        this.settings = settings;
        this.places = new WebhookPlaces(world, settings);
    }

    @Override
    public void run() {
        try (places) {
            while (true) {
                Lanes.Lane lane = queue.take(settings, IDLE_NANOS);
                if (lane == null) {
                    break;
                }
                deliver(lane, lane.head());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            queue.workers().closed(settings);
        }
    }

    private void deliver(Lanes.Lane lane, PendingUpdate update) throws InterruptedException {
        if (update.isExpired(world.clock().nanos())) {
            world.journal().record(bot.id(), update, 0, System.nanoTime(), "expired");
            queue.expired(lane, update);
            return;
        }
        Fault fault = world.faults().forDelivery(bot, update.chatId());
        if (fault != null && fault.kind() == FaultKind.WEBHOOK_DELAY) {
            Thread.sleep(fault.pause());
        }
        update.nextAttempt();
        WebhookConnection.Answer answer = post(update, fault);
        if (fault != null && fault.kind() == FaultKind.WEBHOOK_DUPLICATE) {
            post(update, null);
        }
        settle(lane, update, answer);
    }

    private WebhookConnection.Answer post(PendingUpdate update, @Nullable Fault fault) {
        long start = System.nanoTime();
        boolean drop = fault != null && fault.kind() == FaultKind.WEBHOOK_DROP;
        WebhookConnection.Answer answer = places.post(update.body(), drop);
        world.journal().record(bot.id(), update, answer.status(), start, answer.problem());
        return answer;
    }

    private void settle(Lanes.Lane lane, PendingUpdate update, WebhookConnection.Answer answer)
            throws InterruptedException {
        String problem = answer.problem();
        if (problem == null) {
            queue.acknowledged(lane, update);
            if (answer.body().length > 1) {
                world.callInAnswer(bot, answer.body());
            }
            return;
        }
        queue.workers().failed(problem);
        if (answer.status() == 410 && queue.workers().goneFor(world.clock().nanosFor(GONE_HOURS * 3600))) {
            queue.setWebhook(null, false);
            return;
        }
        double delay = world.retries().delayAfter(update.attempts(), answer.retryAfter());
        long wait = world.clock().nanosFor(delay);
        long left = update.expiresAt() - world.clock().nanos();
        queue.failed(lane, Math.max(0, Math.min(wait, left)));
    }
}
