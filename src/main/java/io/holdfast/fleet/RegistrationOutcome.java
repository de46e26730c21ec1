package io.holdfast.fleet;

/** How the registration of a bot ended. Nothing is stored but in {@link Registered}. */
public sealed interface RegistrationOutcome {

    /** The row is stored. The bot is RUNNING, or FAILED with a reason where its updates could not be directed here. */
    record Registered(Bot bot) implements RegistrationOutcome {}

    /** The token does not have a token's form; Telegram was not asked. */
    record InvalidFormat() implements RegistrationOutcome {}

    /** Telegram does not accept the token. */
    record Unauthorized() implements RegistrationOutcome {}

    /** Telegram gave no usable answer; {@code timeout} tells waiting in vain from a broken connection. */
    record TelegramUnreachable(boolean timeout) implements RegistrationOutcome {}

    /** The bot is registered already, by this tenant or by another: the answer does not tell which. */
    record AlreadyRegistered() implements RegistrationOutcome {}

    /** The bot's updates go to {@code host}; taking them over must be asked for. */
    record ForeignWebhook(String host) implements RegistrationOutcome {}

    record UnknownTenant() implements RegistrationOutcome {}
}
