package io.holdfast.admin;

import io.holdfast.database.EngineDatabase;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.ext.Provider;

/** Refuses requests while connections to the database are scarce: updates and answers have the first right to them. */
@Provider
@PreMatching
@Priority(2)
@ApplicationScoped
public class OverloadFilter implements ContainerRequestFilter {

    @Inject
    private EngineDatabase database;

    @Override
    public void filter(ContainerRequestContext request) {
        if (database.strained()) {
            throw AdminProblem.OVERLOADED.because("Connections to the database are scarce; updates come first.");
        }
    }
}
