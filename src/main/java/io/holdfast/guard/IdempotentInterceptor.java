package io.holdfast.guard;

import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import org.jspecify.annotations.Nullable;

/** Lets everything pass: an update is turned once by its inbox row. */
@Idempotent
@Interceptor
@Priority(GuardOrder.IDEMPOTENT)
class IdempotentInterceptor {

    @AroundInvoke
    @Nullable
    Object guard(InvocationContext call) throws Exception {
        return call.proceed();
    }
}
