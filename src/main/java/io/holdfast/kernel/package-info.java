/** What every feature speaks in: ids, the clock, error categories, start and stop. Imports no other feature. */
@NullMarked
@Feature(name = "kernel", open = true)
package io.holdfast.kernel;

import org.jspecify.annotations.NullMarked;
