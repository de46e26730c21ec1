package io.holdfast.outbox;

import io.holdfast.channel.Amendment;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What became of a message since it was written.
 *
 * @param amended the forms that were tried already
 * @param rest the parameters of the calls that follow it, in order, where it was split after it was written
 * @param doubtful true when an earlier call of it may have arrived
 */
public record Revision(Set<Amendment> amended, List<byte[]> rest, boolean doubtful) {
    public static final Revision NONE = new Revision(Set.of(), List.of(), false);

    public Revision {
        amended = Set.copyOf(amended);
        rest = List.copyOf(rest);
    }

    Revision with(Amendment amendment, List<byte[]> more) {
        Set<Amendment> all = EnumSet.of(amendment);
        all.addAll(amended);
        List<byte[]> following = new ArrayList<>(more);
        following.addAll(rest);
        return new Revision(all, following, doubtful);
    }

    Revision inDoubt() {
        return new Revision(amended, rest, true);
    }

    /** Of the part that follows. */
    Revision next() {
        return new Revision(amended, rest.subList(1, rest.size()), false);
    }
}
