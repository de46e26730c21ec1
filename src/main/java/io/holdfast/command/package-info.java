/** What the author of a command sees: the annotation, the handler, its context and its reply. */
@NullMarked
@Feature(
        name = "command",
        dependsOn = {"session"})
package io.holdfast.command;

import io.holdfast.kernel.Feature;
import org.jspecify.annotations.NullMarked;
