package io.holdfast.bench;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;

/** Stands beside the product's own parts in the application of the server that the floor is measured on. */
@ApplicationPath("/floor")
public class FloorApplication extends Application {
    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(FloorResource.class);
    }
}
