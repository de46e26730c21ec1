package io.holdfast.bench;

import io.holdfast.simulator.ApiCall;

/** Keeps one message of each chat under way: the answer to one is the signal for the next. */
final class ClosedLoop {
    private final Talks talks;
    private volatile boolean going = true;

    private ClosedLoop(Talks talks) {
        this.talks = talks;
    }

    static ClosedLoop begin(Talks talks) {
        ClosedLoop loop = new ClosedLoop(talks);
        talks.hearer(loop::heard);
        talks.all().forEach(talks::say);
        return loop;
    }

    private void heard(Talk talk, int number, ApiCall call) {
        // A copy of an answer begins no second loop in its chat.
        if (going && number == talk.said()) {
            talks.say(talk);
        }
    }

    void end() {
        going = false;
    }
}
