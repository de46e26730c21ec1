/** Parked work of any queue, with its reason and its owner, until somebody replays or discards it. */
@NullMarked
@Feature(name = "deadletter")
package io.holdfast.deadletter;

import io.holdfast.kernel.Feature;
import org.jspecify.annotations.NullMarked;
