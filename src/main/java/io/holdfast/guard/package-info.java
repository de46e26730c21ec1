/** The one entry to every command, and the interceptors that decide whether it may run. */
@NullMarked
@Feature(
        name = "guard",
        dependsOn = {"session", "command", "setting"})
package io.holdfast.guard;

import io.holdfast.kernel.Feature;
import org.jspecify.annotations.NullMarked;
