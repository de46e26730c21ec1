package io.holdfast.guard;

import io.holdfast.command.Reply;
import io.holdfast.command.Role;
import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Refuses a caller whose role does not cover the command's. */
@Authorized
@Interceptor
@Priority(GuardOrder.AUTHORIZED)
class AuthorizedInterceptor {

    @AroundInvoke
    @Nullable
    Object guard(InvocationContext invocation) throws Exception {
        GuardedCall guarded = GuardedCall.of(invocation);
        Role needed = guarded.call().definition().spec().role();
        if (!guarded.context().caller().role().covers(needed)) {
            return Reply.refused("/%s is for people with the role %s. Ask an admin of this bot for it."
                    .formatted(guarded.call().definition().name(), needed.name().toLowerCase(Locale.ROOT)));
        }
        return invocation.proceed();
    }
}
