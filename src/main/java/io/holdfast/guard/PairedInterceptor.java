package io.holdfast.guard;

import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import org.jspecify.annotations.Nullable;

/** Lets everybody pass: bots are open until pairing is there. */
@Paired
@Interceptor
@Priority(GuardOrder.PAIRED)
class PairedInterceptor {

    @AroundInvoke
    @Nullable
    Object guard(InvocationContext call) throws Exception {
        return call.proceed();
    }
}
