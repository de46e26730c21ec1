/** {@code mvn -Plocal}: database, simulator, server and a demo bot on this machine until Ctrl-C. */
@NullMarked
package io.holdfast.local;

import org.jspecify.annotations.NullMarked;
