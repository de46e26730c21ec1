package io.holdfast.simulator;

import java.io.IOException;

/** The peer does not speak HTTP/1.1 as it should; carries the status to answer with before closing. */
final class HttpFormatException extends IOException {

    private static final long serialVersionUID = 1L;

    private final int status;

    HttpFormatException(int status, String message) {
        super(message);
        this.status = status;
    }

    HttpFormatException(int status, String message, Throwable cause) {
        super(message, cause);
        this.status = status;
    }

    int status() {
        return status;
    }
}
