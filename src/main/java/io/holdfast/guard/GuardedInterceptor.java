package io.holdfast.guard;

import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import org.jspecify.annotations.Nullable;

/** Lets everything pass until commands have breakers. */
@Guarded
@Interceptor
@Priority(GuardOrder.GUARDED)
class GuardedInterceptor {

    @AroundInvoke
    @Nullable
    Object guard(InvocationContext call) throws Exception {
        return call.proceed();
    }
}
