package io.holdfast.rig;

import java.util.Locale;

/** How much a cell does: S in every build, M for the figures that are published, L by night. */
public enum Size {
    S,
    M,
    L;

    /** The one of {@code -Dsize}; S without it. */
    public static Size current() {
        return valueOf(System.getProperty("size", "s").toUpperCase(Locale.ROOT));
    }

    public <T> T of(T small, T medium, T large) {
        return switch (this) {
            case S -> small;
            case M -> medium;
            case L -> large;
        };
    }

    public String letter() {
        return name().toLowerCase(Locale.ROOT);
    }
}
