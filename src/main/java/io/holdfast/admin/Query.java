package io.holdfast.admin;

import io.holdfast.admin.Problem.FieldError;
import io.holdfast.kernel.BotId;
import java.util.ArrayList;
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
