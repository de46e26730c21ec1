package io.holdfast.lane;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.lang.reflect.Method;

/** Runs sweeps of other features, which only their timers can call. */
@ApplicationScoped
class SweepProbe {

    @Inject
    @Any
    private Instance<Object> beans;

    void run(String sweep, String method) {
        try {
            Class<?> type = Class.forName("io.holdfast." + sweep);
            Method found = type.getDeclaredMethod(method);
            found.setAccessible(true);
            found.invoke(beans.select(type).get());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
