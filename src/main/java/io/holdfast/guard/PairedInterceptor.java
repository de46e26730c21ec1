package io.holdfast.guard;

import io.holdfast.command.Reply;
import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import org.jspecify.annotations.Nullable;

/** Refuses people whom the bot does not know: a bot that is not open knows nobody until pairing is there. */
@Paired
@Interceptor
@Priority(GuardOrder.PAIRED)
class PairedInterceptor {

    @AroundInvoke
    @Nullable
    Object guard(InvocationContext call) throws Exception {
        if (!GuardedCall.of(call).context().caller().known()) {
            return Reply.refused(Automation.STRANGER);
        }
        return call.proceed();
    }
}
