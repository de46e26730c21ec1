package io.holdfast.guard;

import io.holdfast.command.CommandCall;
import io.holdfast.command.CommandContext;
import jakarta.interceptor.InvocationContext;

/** The call and its context, as an interceptor finds them. */
record GuardedCall(CommandCall<?> call, CommandContext context) {

    static GuardedCall of(InvocationContext invocation) {
        Object[] parameters = invocation.getParameters();
        return new GuardedCall((CommandCall<?>) parameters[0], (CommandContext) parameters[1]);
    }
}
