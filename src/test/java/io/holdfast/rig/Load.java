package io.holdfast.rig;

import io.holdfast.simulator.SimBot;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * Messages of many chats at a fixed rate, whatever the server does, and the check of what became of them.
 *
 * <p>While the server is away the messages wait at Telegram, which delivers them by its own rules when it is back.
 */
final class Load implements AutoCloseable {
    private static final long POLL_NANOS = 500_000_000;

    private final Installation installation;
    private final List<SimBot> bots;
    private final Echoes echoes;
    private final Checker checker;
    private final ScheduledExecutorService driver = Executors.newSingleThreadScheduledExecutor();

    Load(Installation installation, List<SimBot> bots, int chats) {
        this.installation = installation;
        this.bots = List.copyOf(bots);
        this.echoes = new Echoes(installation.simulator(), bots, chats);
        this.checker = new Checker(installation, bots);
    }

    /** Says so many messages per second from now on. */
    Load begin(int perSecond) {
        var unused = driver.scheduleAtFixedRate(echoes::sayOne, 0, 1_000_000_000L / perSecond, TimeUnit.NANOSECONDS);
        return this;
    }

    Echoes echoes() {
        return echoes;
    }

    Checker checker() {
        return checker;
    }

    List<SimBot> bots() {
        return bots;
    }

    /** Says no more. */
    @Override
    public void close() {
        driver.shutdownNow();
        driver.close();
    }

    /** Says no more, and waits until Telegram has delivered all of it and the server has finished all of it. */
    Duration settle(Duration patience) {
        close();
        long begun = System.nanoTime();
        while (!settled() && System.nanoTime() - begun < patience.toNanos()) {
            LockSupport.parkNanos(POLL_NANOS);
        }
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    private boolean settled() {
        return bots.stream().allMatch(bot -> bot.pendingUpdates() == 0) && checker.unfinished() == 0;
    }

    /** Settles, and puts the figures that every cell has into its verdict, with their limits. */
    void judge(Cell cell) {
        Verdict verdict = cell.verdict();
        Duration settling = settle(Duration.ofMinutes(cell.size().of(5, 10, 30)));
        Echoes.Verdict heard = echoes.check();
        Map<Echoes.Message, String> ends = checker.namedEnds();
        List<Echoes.Message> unanswered = echoes.unanswered();
        long lost = unanswered.stream()
                .filter(message -> !ends.containsKey(message))
                .count();
        Map<String, Long> named = unanswered.stream()
                .filter(ends::containsKey)
                .collect(Collectors.groupingBy(ends::get, Collectors.counting()));
        verdict.figure("updates offered", heard.said());
        verdict.figure("answered", heard.answered());
        verdict.none("lost", lost, heard.said());
        verdict.figure("unanswered with a named end", named);
        verdict.none("answers that show another number of effects", heard.wrongNumbers(), heard.said());
        verdict.none(
                "chats with another number of effects",
                checker.wrongEffects(echoes.saidByChat()),
                echoes.saidByChat().size());
        verdict.none("out of order", heard.outOfOrder(), heard.said());
        verdict.figure("copies", heard.copies());
        verdict.figure("most answers to one message", echoes.mostAnswers());
        verdict.none("rows without an end, due rows", checker.unfinished(), heard.said());
        verdict.figure("left", checker.left());
        verdict.none("rows past their deadline", checker.pastDeadline(), heard.said());
        verdict.figure("dead letters", checker.deadLetters());
        verdict.figure("rows", checker.states());
        verdict.figure("settled after the last update in", Cell.seconds(settling));
        verdict.figure("Telegram", installation.simulator().journal().deliveryCount() + " deliveries so far");
    }
}
