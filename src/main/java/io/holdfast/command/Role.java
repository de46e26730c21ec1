package io.holdfast.command;

/** Who may run a command, from least to most. */
public enum Role {
    USER,
    OPERATOR,
    ADMIN;

    /** True when somebody of this role may do what {@code needed} asks for. */
    public boolean covers(Role needed) {
        return compareTo(needed) >= 0;
    }
}
