/** Bots: registration, the token vault, webhooks, and which node a bot lives on. */
@NullMarked
@Feature(
        name = "fleet",
        dependsOn = {"node", "setting", "due"})
package io.holdfast.fleet;

import io.holdfast.kernel.Feature;
import org.jspecify.annotations.NullMarked;
