/** The rules of the house, as tests over the compiled classes and the sources. */
@NullMarked
package io.holdfast.architecture;

import org.jspecify.annotations.NullMarked;
