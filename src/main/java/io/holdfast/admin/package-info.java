/** REST for operators: first access, tenants, bots, messages, nodes. */
@NullMarked
@Feature(
        name = "admin",
        dependsOn = {
            "node",
            "due",
            "setting",
            "session",
            "deadletter",
            "fleet",
            "inbox",
            "outbox",
            "lane",
            "command",
            "guard",
            "dispatch"
        })
package io.holdfast.admin;

import io.holdfast.kernel.Feature;
import org.jspecify.annotations.NullMarked;
