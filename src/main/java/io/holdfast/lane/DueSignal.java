package io.holdfast.lane;

import io.holdfast.kernel.BotStarted;
import io.holdfast.kernel.Mishap;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.Semaphore;

/** Wakes the reader of due work before its next second; many calls while it works are one. */
@ApplicationScoped
class DueSignal {
    private final Semaphore wanted = new Semaphore(0);

    void wake() {
        Mishap.TIMER.perhaps();
        wanted.release();
    }

    /** What makes a bot work leaves a due row that brings its lane. */
    void started(@Observes BotStarted event) {
        wanted.release();
    }

    void await() throws InterruptedException {
        wanted.acquire();
        wanted.drainPermits();
    }
}
