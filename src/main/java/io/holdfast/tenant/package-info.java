/** Tenants, who own bots and everything that belongs to them. */
@NullMarked
@Feature(name = "tenant", open = true)
package io.holdfast.tenant;

import io.holdfast.kernel.Feature;
import org.jspecify.annotations.NullMarked;
