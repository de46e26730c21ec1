package io.holdfast.telegram;

import io.holdfast.telegram.ApiAnswer.Phase;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.Request;

/** Watches one call to see whether a byte of it may have left; travels as a tag of its request. */
final class CallProgress extends EventListener {
    private volatile Phase phase = Phase.NOT_SENT;

    Phase phase() {
        return phase;
    }

    @Override
    public void requestHeadersStart(Call call) {
        phase = Phase.AFTER_FIRST_BYTE;
    }

    static EventListener of(Request request) {
        CallProgress progress = request.tag(CallProgress.class);
        return progress == null ? EventListener.NONE : progress;
    }
}
