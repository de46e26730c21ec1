package io.holdfast.admin;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An RFC 9457 problem document.
 *
 * @param incidentId finds the log line of an error that is ours
 * @param errors what is wrong with each field or parameter
 */
record Problem(
        String type,
        String title,
        int status,
        String detail,
        String requestId,
        @Nullable String incidentId,
        @Nullable List<FieldError> errors) {

    /** One mistake: in the field of the body that {@code pointer} names, or in the {@code parameter} of the address. */
    record FieldError(@Nullable String pointer, @Nullable String parameter, String detail) {
        static FieldError at(String pointer, String detail) {
            return new FieldError(pointer, null, detail);
        }

        static FieldError in(String parameter, String detail) {
            return new FieldError(null, parameter, detail);
        }
    }
}
