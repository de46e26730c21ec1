package io.holdfast.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Everything that passed between the simulator and the bots, in order; safe to read while it is written. */
public final class Journal {

    private static final long POLL_NANOS = 500_000;

    private final AppendLog<ApiCall> calls;
    private final AppendLog<Delivery> deliveries;
    private final List<Consumer<? super ApiCall>> callHearers = new CopyOnWriteArrayList<>();
    private final List<Consumer<? super Delivery>> deliveryHearers = new CopyOnWriteArrayList<>();

    Journal(int capacity) {
        this.calls = new AppendLog<>(capacity);
        this.deliveries = new AppendLog<>(capacity);
    }

    /** Tells each call from now on, in the thread that answers it, before it is answered: be quick. */
    public void onCall(Consumer<? super ApiCall> hearer) {
        callHearers.add(hearer);
    }

    /** Tells each attempt to deliver from now on, in the thread that made it: be quick. */
    public void onDelivery(Consumer<? super Delivery> hearer) {
        deliveryHearers.add(hearer);
    }

    ApiCall record(
            long botId,
            String caller,
            String method,
            RawParameters parameters,
            long chatId,
            ApiResult result,
            @Nullable FaultKind fault,
            boolean applied) {
        ApiCall call = calls.append(
                seq -> new ApiCall(seq, botId, caller, method, parameters, chatId, result, fault, applied));
        callHearers.forEach(hearer -> hearer.accept(call));
        return call;
    }

    void record(long botId, PendingUpdate update, int status, long startNanos, @Nullable String error) {
        long latency = System.nanoTime() - startNanos;
        Delivery delivery = deliveries.append(seq -> new Delivery(
                seq, botId, update.id(), update.chatId(), update.attempts(), status, startNanos, latency, error));
        deliveryHearers.forEach(hearer -> hearer.accept(delivery));
    }

    /** All calls that are kept, oldest first. */
    public List<ApiCall> calls() {
        return calls.after(0);
    }

    /** The kept calls above a sequence number, oldest first. */
    public List<ApiCall> callsAfter(long seq) {
        return calls.after(seq);
    }

    public List<ApiCall> calls(Predicate<? super ApiCall> predicate) {
        return calls.after(0).stream().filter(predicate).toList();
    }

    public List<ApiCall> calls(SimBot bot) {
        return calls(call -> call.botId() == bot.id());
    }

    public List<ApiCall> calls(SimBot bot, String method) {
        return calls(call -> call.botId() == bot.id() && call.method().equals(method));
    }

    public List<ApiCall> calls(SimChat chat) {
        return calls(call -> call.chatId() == chat.id());
    }

    /** All delivery attempts that are kept, oldest first. */
    public List<Delivery> deliveries() {
        return deliveries.after(0);
    }

    public List<Delivery> deliveriesAfter(long seq) {
        return deliveries.after(seq);
    }

    /** How many calls were recorded since the start, dropped ones included. */
    public long callCount() {
        return calls.lastSeq();
    }

    /** How many delivery attempts were recorded since the start, dropped ones included. */
    public long deliveryCount() {
        return deliveries.lastSeq();
    }

    /**
     * Waits until {@code count} calls match and returns all that match by then; reads each entry once.
     *
     * @throws IllegalStateException when the time is over, with what was seen instead
     */
    public List<ApiCall> awaitCalls(Predicate<? super ApiCall> predicate, int count, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        List<ApiCall> found = new ArrayList<>();
        long seen = 0;
        while (true) {
            for (ApiCall call : calls.after(seen)) {
                seen = call.seq();
                if (predicate.test(call)) {
                    found.add(call);
                }
            }
            if (found.size() >= count) {
                return List.copyOf(found);
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("%d of %d expected calls after %s; the last calls were %s"
                        .formatted(found.size(), count, timeout, callsAfter(Math.max(0, seen - 5))));
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }
}
