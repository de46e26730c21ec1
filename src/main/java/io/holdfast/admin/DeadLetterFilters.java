package io.holdfast.admin;

import io.holdfast.deadletter.DeadLetterFilter;
import io.holdfast.deadletter.DeadLetterState;
import io.holdfast.deadletter.ParkedWork;
import io.holdfast.kernel.TenantId;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads which dead letters are meant, from an address or from a body; every mistake goes to whoever collects them. */
final class DeadLetterFilters {
    private static final int LONGEST_REASON = 100;
    private static final String MOMENT = "must be a moment such as 2026-01-05T10:00:00Z";
    private static final Instant FIRST = Instant.EPOCH;
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    private final Function<String, @Nullable String> values;
    private final BiConsumer<String, String> mistakes;

    private DeadLetterFilters(Function<String, @Nullable String> values, BiConsumer<String, String> mistakes) {
        this.values = values;
        this.mistakes = mistakes;
    }

    static DeadLetterFilter ofAddress(Function<String, @Nullable String> parameters, Query query) {
        return new DeadLetterFilters(parameters, query::reject).read();
    }

    /** Of the open ones, since only they can be replayed or discarded. */
    static DeadLetterFilter ofBody(RequestFields fields) {
        DeadLetterFilter filter = new DeadLetterFilters(fields::optional, fields::reject).read();
        if (filter.state() != null && filter.state() != DeadLetterState.OPEN) {
            fields.reject("state", "must be OPEN: what is closed stays closed");
        }
        return filter.open();
    }

    /** What was parked since a moment; a filter beside it may narrow it. */
    static DeadLetterFilter ofRecovery(RequestFields fields) {
        Instant since =
                new DeadLetterFilters(fields::optional, fields::reject).one("since", DeadLetterFilters::moment, MOMENT);
        if (!fields.has("since")) {
            fields.reject("since", "is missing");
        }
        DeadLetterFilter filter = fields.has("filter") ? ofBody(fields.object("filter")) : DeadLetterFilter.ALL.open();
        if (filter.since() != null) {
            fields.reject("filter", "must not name since: the request does");
        }
        return filter.since(since);
    }

    /** A moment that the database can hold. */
    private static Optional<Instant> moment(String text) {
        try {
            Instant moment = Instant.parse(text);
            return moment.isBefore(FIRST) || moment.isAfter(LAST) ? Optional.empty() : Optional.of(moment);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private DeadLetterFilter read() {
        return new DeadLetterFilter(
                one("botId", Query::botId, "must be the number of a bot"),
                one("tenantId", DeadLetterFilters::tenant, "must be the id of a tenant"),
                one("queue", ParkedWork.Queue.values()),
                one("priority", ParkedWork.Priority.values()),
                one("owner", ParkedWork.Owner.values()),
                one("state", DeadLetterState.values()),
                one("reason", DeadLetterFilters::reason, "must have 1 to 100 characters and no control characters"),
                one("since", DeadLetterFilters::moment, MOMENT),
                one("until", DeadLetterFilters::moment, MOMENT));
    }

    private <E extends Enum<E>> @Nullable E one(String name, E[] all) {
        return one(
                name,
                text -> Arrays.stream(all)
                        .filter(one -> one.name().equals(text))
                        .findFirst(),
                "must be one of "
                        + String.join(", ", Arrays.stream(all).map(Enum::name).toList()));
    }

    private <T> @Nullable T one(String name, Function<String, Optional<T>> read, String detail) {
        String text = values.apply(name);
        if (text == null) {
            return null;
        }
        Optional<T> value = read.apply(text);
        if (value.isEmpty()) {
            mistakes.accept(name, detail);
        }
        return value.orElse(null);
    }

    private static Optional<TenantId> tenant(String text) {
        try {
            UUID id = UUID.fromString(text);
            return id.toString().equalsIgnoreCase(text) ? Optional.of(new TenantId(id)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> reason(String text) {
        boolean fit = !text.isEmpty()
                && text.length() <= LONGEST_REASON
                && text.codePoints().noneMatch(RequestFields::unfit);
        return fit ? Optional.of(text) : Optional.empty();
    }
}
