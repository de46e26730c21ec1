/** The server as its users and its operators' nightmares meet it: a process of its own, under load, killed. */
@NullMarked
package io.holdfast.rig;

import org.jspecify.annotations.NullMarked;
