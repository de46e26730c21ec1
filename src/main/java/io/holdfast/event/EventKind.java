package io.holdfast.event;

/** What kind of step an event tells of. */
public enum EventKind {
    /** The guard or a limit said no to an update. */
    REFUSED,
    /** A turn failed and will be tried again. */
    RETRIED,
    /** Work became a dead letter. */
    PARKED,
    /** A dead letter went back to its queue. */
    REPLAYED,
    /** A person gave a dead letter up, with a reason. */
    DISCARDED,
    /** Work whose owner was gone was put back, or given up where it may not be repeated. */
    RESCUED,
    /** Work met its deadline before it was done. */
    EXPIRED,
    /** Sends wait because the channel or a limit said so. */
    THROTTLED,
    /** Nobody knows whether a send arrived. */
    UNCERTAIN,
    /** A person said what became of an uncertain send. */
    RESOLVED,
    /** A chat cannot be reached, or can be again. */
    SUPPRESSED,
    /** A chat has another id. */
    MIGRATED,
    /** A bot stopped sending because its token is refused. */
    SUSPENDED,
    /** A suspended bot works again. */
    RESUMED,
    /** The way to the channel was closed or opened by the breaker. */
    BREAKER,
    /** A sweep removed what was kept long enough. */
    PRUNED,
    /** Somebody should look. */
    ALERTED,
    /** A node came back after it ended without stopping, or a worker was started again. */
    RECOVERED
}
