/** Settings of a bot that an operator changes while it runs. */
@NullMarked
@Feature(
        name = "setting",
        dependsOn = {"node"})
package io.holdfast.setting;

import io.holdfast.kernel.Feature;
import org.jspecify.annotations.NullMarked;
