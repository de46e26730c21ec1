/** The nodes of one installation: each renews its own lease, by which the others know that it lives. */
@NullMarked
@Feature(name = "node")
package io.holdfast.node;

import io.holdfast.kernel.Feature;
import org.jspecify.annotations.NullMarked;
