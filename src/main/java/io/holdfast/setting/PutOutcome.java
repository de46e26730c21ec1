package io.holdfast.setting;

import java.util.List;

/** How putting settings ended; either all of them are stored or none. */
public sealed interface PutOutcome {

    record Stored(Settings settings) implements PutOutcome {}

    record Rejected(List<Mistake> mistakes) implements PutOutcome {
        public Rejected {
            mistakes = List.copyOf(mistakes);
        }
    }

    record UnknownBot() implements PutOutcome {}

    /** What is wrong with the value of one setting. */
    record Mistake(String name, String detail) {}
}
