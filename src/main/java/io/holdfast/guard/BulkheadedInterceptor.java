package io.holdfast.guard;

import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import org.jspecify.annotations.Nullable;

/** Lets everything pass: the turns of a node share one pool, of which a bot has at most half. */
@Bulkheaded
@Interceptor
@Priority(GuardOrder.BULKHEADED)
class BulkheadedInterceptor {

    @AroundInvoke
    @Nullable
    Object guard(InvocationContext call) throws Exception {
        return call.proceed();
    }
}
