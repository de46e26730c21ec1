/** Plain building blocks without any framework: the group commit, backoff formulas. */
@NullMarked
@Feature(name = "resilience", open = true)
package io.holdfast.resilience;

import io.holdfast.kernel.Feature;
import org.jspecify.annotations.NullMarked;
