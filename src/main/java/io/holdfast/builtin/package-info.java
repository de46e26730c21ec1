/** The commands that every bot has. */
@NullMarked
@Feature(
        name = "builtin",
        dependsOn = {"command", "session", "node", "guard"})
package io.holdfast.builtin;

import io.holdfast.kernel.Feature;
import org.jspecify.annotations.NullMarked;
