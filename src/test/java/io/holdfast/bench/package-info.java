/** What the server costs and how fast it is, measured against floors of the same machine and the same minutes. */
@NullMarked
package io.holdfast.bench;

import org.jspecify.annotations.NullMarked;
