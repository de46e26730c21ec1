package io.holdfast.guard;

import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import org.jspecify.annotations.Nullable;

/** Lets everything pass until policies are there. */
@PolicyChecked
@Interceptor
@Priority(GuardOrder.POLICY_CHECKED)
class PolicyCheckedInterceptor {

    @AroundInvoke
    @Nullable
    Object guard(InvocationContext call) throws Exception {
        return call.proceed();
    }
}
