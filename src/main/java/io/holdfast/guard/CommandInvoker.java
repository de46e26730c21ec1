package io.holdfast.guard;

import io.holdfast.command.CommandCall;
import io.holdfast.command.CommandContext;
import io.holdfast.command.Reply;
import io.holdfast.kernel.Mishap;
import jakarta.enterprise.context.ApplicationScoped;

/** Runs a command behind the guard: the annotations of its one method, in the order of {@link GuardOrder}. */
@ApplicationScoped
class CommandInvoker {

    @Audited
    @Paired
    @Throttled
    @Authorized
    @Validated
    @Idempotent
    @PolicyChecked
    @Confirmed
    @Bulkheaded
    @Guarded
    @TimeLimited
    public Reply invoke(CommandCall<?> call, CommandContext context) {
        Mishap.HANDLER.perhaps();
        return call.run(context);
    }
}
