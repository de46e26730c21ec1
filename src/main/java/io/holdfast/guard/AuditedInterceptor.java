package io.holdfast.guard;

import io.holdfast.command.Reply;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import org.jspecify.annotations.Nullable;

/** Counts each call of a command by how it ended. */
@Audited
@Interceptor
@Priority(GuardOrder.AUDITED)
class AuditedInterceptor {

    @Inject
    private GuardMetrics metrics;

    @AroundInvoke
    @Nullable
    Object guard(InvocationContext call) throws Exception {
        String command = GuardedCall.of(call).call().definition().name();
        try {
            Object reply = call.proceed();
            metrics.ended(command, reply instanceof Reply.Refused);
            return reply;
        } catch (Exception | Error e) {
            metrics.failed(command);
            throw e;
        }
    }
}
