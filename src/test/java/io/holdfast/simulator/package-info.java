/**
 * A Telegram for tests, demonstrations and crash rigs: the Bot API as bots meet it, played by the published and observed
 * rules of the Bot API server, and the users on the other side.
 *
 * <p>The way of data: a user's deed ({@link io.holdfast.simulator.Simulator#say}) becomes an update in the bot's queue;
 * webhook workers or a poller take it from there under Telegram's rules (one update in flight per chat or user, retries,
 * expiry). The bot's calls come in over HTTP, meet the fault rules, change the world, and are written to the
 * {@link io.holdfast.simulator.Journal}. Only the JDK and Jackson are used, and every socket is bound to loopback.
 */
@NullMarked
package io.holdfast.simulator;

import org.jspecify.annotations.NullMarked;
