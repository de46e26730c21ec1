/** What must happen later or elsewhere: one table, written in the transaction that needs it, and one reader. */
@NullMarked
@Feature(
        name = "due",
        dependsOn = {"node"})
package io.holdfast.due;

import io.holdfast.kernel.Feature;
import org.jspecify.annotations.NullMarked;
