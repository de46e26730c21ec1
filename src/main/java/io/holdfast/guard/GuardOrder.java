package io.holdfast.guard;

/**
 * The order in which the guard asks, from the outside in: a lower number is asked first.
 *
 * <p>Who, then how often, then what: a stranger must not learn by an error message which commands exist, and a caller over
 * the limit must not cost a policy's work.
 */
final class GuardOrder {
    /** Around all: writes down what was decided. */
    static final int AUDITED = 1000;
    /** Is the caller known here at all? */
    static final int PAIRED = 1100;
    /** Too often? */
    static final int THROTTLED = 1200;
    /** Does the caller's role cover the command's? */
    static final int AUTHORIZED = 1300;
    /** Are the arguments within their bounds? */
    static final int VALIDATED = 1400;
    /** Was this very call executed before? */
    static final int IDEMPOTENT = 1500;
    /** Does a rule of the tenant forbid it? */
    static final int POLICY_CHECKED = 1600;
    /** Does it need the caller's word once more? */
    static final int CONFIRMED = 1700;
    /** Is there room in the pool of its class? */
    static final int BULKHEADED = 1800;
    /** Has it failed so often that it is not tried now? */
    static final int GUARDED = 1900;
    /** Innermost: how long may it take? */
    static final int TIME_LIMITED = 2000;

    private GuardOrder() {}
}
