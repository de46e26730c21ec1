package io.holdfast.node;

/** A secret that all nodes of one installation share. Implemented by the feature that keeps the keyset. */
public interface InstallationKey {

    /**
     * A key of 32 bytes for this purpose alone, the same on every node.
     *
     * @throws io.holdfast.kernel.HoldfastException as UNAVAILABLE until the keyset has been read
     */
    byte[] derive(String purpose);
}
