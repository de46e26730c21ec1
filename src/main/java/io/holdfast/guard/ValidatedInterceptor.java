package io.holdfast.guard;

import io.holdfast.command.Reply;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import java.util.Comparator;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Refuses arguments that break a constraint of their record, and says which. */
@Validated
@Interceptor
@Priority(GuardOrder.VALIDATED)
class ValidatedInterceptor {

    @Inject
    private Validator validator;

    @AroundInvoke
    @Nullable
    Object guard(InvocationContext invocation) throws Exception {
        Set<? extends ConstraintViolation<?>> violations =
                validator.validate(GuardedCall.of(invocation).call().args());
        if (!violations.isEmpty()) {
            ConstraintViolation<?> first = violations.stream()
                    .min(Comparator.comparing(
                            violation -> violation.getPropertyPath().toString()))
                    .orElseThrow();
            return Reply.refused("%s %s.".formatted(first.getPropertyPath(), first.getMessage()));
        }
        return invocation.proceed();
    }
}
