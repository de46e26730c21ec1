/** The event log: one row per step that mattered, written with the step; the ordinary way of an update is read from its own rows. */
@NullMarked
@Feature(name = "event", open = true)
package io.holdfast.event;

import io.holdfast.kernel.Feature;
import org.jspecify.annotations.NullMarked;
