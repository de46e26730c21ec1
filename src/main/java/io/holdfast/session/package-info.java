/** What a chat remembers between turns: typed chat state. */
@NullMarked
@Feature(name = "session")
package io.holdfast.session;

import io.holdfast.kernel.Feature;
import org.jspecify.annotations.NullMarked;
