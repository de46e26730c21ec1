package io.holdfast.fleet;

import io.holdfast.kernel.TenantId;

/**
 * A bot that asks to be registered; its text form does not show the token.
 *
 * @param token as it was entered, of any form
 * @param takeover true to replace a webhook that points elsewhere
 */
public record NewBot(TenantId tenant, String token, String name, Access access, boolean takeover) {
    @Override
    public String toString() {
        return "NewBot[" + tenant + ", " + name + "]";
    }
}
