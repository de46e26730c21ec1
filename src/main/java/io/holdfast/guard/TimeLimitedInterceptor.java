package io.holdfast.guard;

import io.holdfast.command.Reply;
import io.holdfast.kernel.ErrorCategory;
import io.holdfast.kernel.HoldfastException;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Interrupts a handler that takes longer than its limit; what it wrote is rolled back with its turn.
 *
 * <p>The handler stays on its thread, because its transaction does.
 */
@TimeLimited
@Interceptor
@Priority(GuardOrder.TIME_LIMITED)
class TimeLimitedInterceptor {

    @Inject
    private GuardConfig config;

    @Inject
    private Watchdog watchdog;

    @AroundInvoke
    @Nullable
    Object guard(InvocationContext invocation) throws Exception {
        GuardedCall guarded = GuardedCall.of(invocation);
        boolean slow = guarded.call().definition().spec().slow();
        Duration limit = slow ? config.slowLimit : config.limit;
        // What holds a transaction ends soon enough by itself.
        Watchdog.Place place = slow
                ? new Watchdog.Place(
                        guarded.context().bot(), guarded.context().chat().id())
                : null;
        String name = guarded.call().definition().name();
        Watchdog.Watch watch = watchdog.watch(Thread.currentThread(), name, place, limit);
        Object reply;
        try {
            reply = invocation.proceed();
        } catch (Exception | Error e) {
            // Whatever comes out, the watch must end here, or it would interrupt the thread's next turn.
            Watchdog.End end = watch.end();
            if (end == Watchdog.End.STOPPED) {
                return Reply.refused("/%s was stopped.".formatted(name));
            }
            if (end == Watchdog.End.TOO_LATE) {
                throw tooLong(guarded, limit, e);
            }
            throw e;
        }
        if (watch.end() == Watchdog.End.TOO_LATE) {
            throw tooLong(guarded, limit, null);
        }
        return reply;
    }

    private static HoldfastException tooLong(GuardedCall guarded, Duration limit, @Nullable Throwable cause) {
        String message = "/%s took longer than %d s and was ended."
                .formatted(guarded.call().definition().name(), limit.toSeconds());
        return cause == null
                ? new HoldfastException(ErrorCategory.TIMEOUT, message)
                : new HoldfastException(ErrorCategory.TIMEOUT, message, cause);
    }
}
