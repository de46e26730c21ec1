/** Accepts each update once, before it is acknowledged, and keeps it until its turn has ended. */
@NullMarked
@Feature(
        name = "inbox",
        dependsOn = {"deadletter", "due"})
package io.holdfast.inbox;

import io.holdfast.kernel.Feature;
import org.jspecify.annotations.NullMarked;
