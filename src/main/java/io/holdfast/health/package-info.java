/** Whether this server has started, is alive, and can take work. */
@NullMarked
@Feature(
        name = "health",
        dependsOn = {"node", "fleet", "inbox", "outbox", "lane", "telegram"})
package io.holdfast.health;

import io.holdfast.kernel.Feature;
import org.jspecify.annotations.NullMarked;
