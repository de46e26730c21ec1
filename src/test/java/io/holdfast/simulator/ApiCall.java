package io.holdfast.simulator;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One call of a bot as the simulator answered it; parameters are decoded only when somebody asks. */
public final class ApiCall {

    private final long seq;
    private final long atMillis;
    private final long atNanos;
    private final long botId;
    private final String caller;
    private final String method;
    private final RawParameters parameters;
    private final long chatId;
    private final ApiResult result;
    private final @Nullable FaultKind fault;
    private final boolean applied;

    ApiCall(
            long seq,
            long botId,
            String caller,
            String method,
            RawParameters parameters,
            long chatId,
            ApiResult result,
            @Nullable FaultKind fault,
            boolean applied) {
        this.seq = seq;
        this.atMillis = System.currentTimeMillis();
        this.atNanos = System.nanoTime();
        this.botId = botId;
        this.caller = caller;
        this.method = method;
        this.parameters = parameters;
        this.chatId = chatId;
        this.result = result;
        this.fault = fault;
        this.applied = applied;
    }

    /** Place in the journal, from 1, without gaps. */
    public long seq() {
        return seq;
    }

    public Instant at() {
        return Instant.ofEpochMilli(atMillis);
    }

    /** When the call was applied, on the scale of {@link System#nanoTime()}. */
    public long atNanos() {
        return atNanos;
    }

    public long botId() {
        return botId;
    }

    /** Who called, as the base address {@code /as/NAME} told; empty without that. */
    public String caller() {
        return caller;
    }

    /** The method's name as the specification writes it, or as it came when it is unknown. */
    public String method() {
        return method;
    }

    /** The parameters by name; JSON values as JSON text, file contents left out. */
    public Map<String, String> parameters() {
        return parameters.decode();
    }

    /** One parameter, or null when it was not sent. */
    public @Nullable String parameter(String name) {
        return parameters().get(name);
    }

    /** The chat a call was for, 0 when it was for none. */
    public long chatId() {
        return chatId;
    }

    /** The status that was answered, or would have been had the connection not been cut. */
    public int httpStatus() {
        return result.httpStatus();
    }

    /** Telegram's error_code, 0 for a success. */
    public int errorCode() {
        return result.errorCode();
    }

    /** Telegram's description of an error, empty for a success. */
    public String description() {
        return result.description();
    }

    /** Whether the call took effect: for a send, the user has the message, whatever the bot was told. */
    public boolean accepted() {
        return applied;
    }

    /** The id of the message a send made, 0 otherwise. */
    public long messageId() {
        return result.messageId();
    }

    /** The fault that was played on this call, or null. */
    public @Nullable FaultKind fault() {
        return fault;
    }

    /** Parameters that the specification does not know for this method: usually a spelling mistake. */
    public List<String> unknownParameters() {
        return MethodSpecs.instance().unknownParameters(method, parameters().keySet());
    }

    @Override
    public String toString() {
        return "#%d %s chat=%d -> %d %s%s"
                .formatted(seq, method, chatId, httpStatus(), description(), fault == null ? "" : " fault=" + fault);
    }
}
