package io.holdfast.kernel;

import java.util.UUID;

/** Identifies the tenant that owns bots and data; made by us, random. */
public record TenantId(UUID value) {
    @Override
    public String toString() {
        return value.toString();
    }
}
