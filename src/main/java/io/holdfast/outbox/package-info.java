/** Every message that a turn wants sent: written with the turn, marked before the call, settled after it. */
@NullMarked
@Feature(
        name = "outbox",
        dependsOn = {"deadletter", "due", "node", "session"})
package io.holdfast.outbox;

import io.holdfast.kernel.Feature;
import org.jspecify.annotations.NullMarked;
