/** A bot at work on this node: its queues per chat, its sender, taking over and letting go. */
@NullMarked
@Feature(
        name = "lane",
        dependsOn = {"fleet", "inbox", "outbox", "due", "node", "setting"})
package io.holdfast.lane;

import io.holdfast.kernel.Feature;
import org.jspecify.annotations.NullMarked;
