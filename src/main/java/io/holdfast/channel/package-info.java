/**
 * The port between the engine and the outside world: what comes in, what goes out, and how a send can end.
 *
 * <p>Telegram is one implementation; the engine knows none.
 */
@NullMarked
@Feature(name = "channel", open = true)
package io.holdfast.channel;

import io.holdfast.kernel.Feature;
import org.jspecify.annotations.NullMarked;
