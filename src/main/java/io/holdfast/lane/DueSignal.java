package io.holdfast.lane;

import io.holdfast.kernel.Mishap;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.Semaphore;

/** Wakes the reader of due work before its next second; many calls while it works are one. */
@ApplicationScoped
class DueSignal {
    private final Semaphore wanted = new Semaphore(0);

    void wake() {
        Mishap.TIMER.perhaps();
        wanted.release();
    }

    void await() throws InterruptedException {
        wanted.acquire();
        wanted.drainPermits();
    }
}
