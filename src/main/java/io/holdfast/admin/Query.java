package io.holdfast.admin;

import io.holdfast.admin.Problem.FieldError;
import io.holdfast.event.EventKind;
import io.holdfast.kernel.BotId;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The parameters of a list's address; every mistake is collected until {@link #verify()} tells them all. */
final class Query {
    private static final int LARGEST_PAGE = 200;
    private static final int USUAL_PAGE = 50;

    private final List<FieldError> errors = new ArrayList<>();

    int limit(@Nullable String text) {
        if (text == null) {
            return USUAL_PAGE;
        }
        OptionalLong limit = number(text);
        if (limit.isPresent() && limit.getAsLong() >= 1 && limit.getAsLong() <= LARGEST_PAGE) {
            return (int) limit.getAsLong();
        }
        errors.add(FieldError.in("limit", "must be a number from 1 to " + LARGEST_PAGE));
        return USUAL_PAGE;
    }

    BotId bot(@Nullable String text) {
        Optional<BotId> bot = text == null ? Optional.empty() : botId(text);
        if (bot.isEmpty()) {
            errors.add(FieldError.in("botId", text == null ? "is missing" : "must be the number of a bot"));
        }
        return bot.orElse(new BotId(1));
    }

    @Nullable
    EventKind eventKind(@Nullable String text) {
        if (text == null) {
            return null;
        }
        Optional<EventKind> kind = Arrays.stream(EventKind.values())
                .filter(one -> one.name().equals(text))
                .findFirst();
        if (kind.isEmpty()) {
            errors.add(FieldError.in("kind", "must be the kind of an event, such as RESCUED"));
        }
        return kind.orElse(null);
    }

    @Nullable
    Instant time(String name, @Nullable String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            errors.add(FieldError.in(name, "must be a time such as 2026-01-05T10:00:00Z"));
            return null;
        }
    }

    long position(@Nullable String cursor, String list, long first) {
        if (cursor == null) {
            return first;
        }
        OptionalLong position = Cursor.position(list, cursor);
        if (position.isEmpty()) {
            errors.add(FieldError.in("cursor", "must be the next of an earlier answer of this list"));
        }
        return position.orElse(first);
    }

    boolean flag(String name, @Nullable String text) {
        if (text != null && !text.equals("true") && !text.equals("false")) {
            reject(name, "must be true or false");
        }
        return "true".equals(text);
    }

    /** Adds a mistake that others have found. */
    void reject(String name, String detail) {
        errors.add(FieldError.in(name, detail));
    }

    void verify() {
        if (!errors.isEmpty()) {
            String count = errors.size() == 1 ? "1 parameter is" : errors.size() + " parameters are";
            throw new ProblemException(AdminProblem.INVALID_PARAMETERS, count + " not valid.", errors);
        }
    }

    static Optional<BotId> botId(String text) {
        OptionalLong number = number(text);
        return number.isPresent() && number.getAsLong() > 0
                ? Optional.of(new BotId(number.getAsLong()))
                : Optional.empty();
    }

    static OptionalLong number(String text) {
        return text.matches("[0-9]{1,18}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }
}
