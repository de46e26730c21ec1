/** One turn: the command, its reply, its state and its completion, in one transaction. */
@NullMarked
@Feature(
        name = "dispatch",
        dependsOn = {"inbox", "outbox", "lane", "session", "command", "guard", "setting"})
package io.holdfast.dispatch;

import io.holdfast.kernel.Feature;
import org.jspecify.annotations.NullMarked;
