/** The Telegram channel: the webhook, the parser of updates, the calls to the Bot API. */
@NullMarked
@Feature(
        name = "telegram",
        dependsOn = {"inbox", "fleet", "guard", "command", "lane"})
package io.holdfast.telegram;

import io.holdfast.kernel.Feature;
import org.jspecify.annotations.NullMarked;
