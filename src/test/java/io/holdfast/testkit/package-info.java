/** What tests, the rig and the local run share: a real PostgreSQL, the server as a process, a client of its REST, a clock. */
@NullMarked
package io.holdfast.testkit;

import org.jspecify.annotations.NullMarked;
