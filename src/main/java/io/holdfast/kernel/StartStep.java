package io.holdfast.kernel;

/**
 * One step of the server's start; a CDI bean that a feature contributes.
 *
 * <p>Steps run one after another in the order of {@link Phase}, on one thread that is not a request's. A step that throws
 * {@link ConfigurationException} ends the process with that sentence; any other exception is logged and the step is tried
 * again after two seconds, so a database that comes late only delays readiness. {@link #stop()} runs in reverse order.
 */
public interface StartStep {

    /** The order of the start. */
    enum Phase {
        CONFIGURATION,
        DATABASE,
        VAULT,
        NODE,
        BOTS,
        CLOCKWORK
    }

    Phase phase();

    void start();

    /** Called once when the server stops, also when {@link #start()} never completed. */
    default void stop() {}
}
