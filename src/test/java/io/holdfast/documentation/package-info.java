/** Compares the reference pages with the code that they describe. */
@NullMarked
package io.holdfast.documentation;

import org.jspecify.annotations.NullMarked;
