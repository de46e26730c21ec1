package io.holdfast.deadletter;

import io.holdfast.kernel.BotId;
import io.holdfast.kernel.TenantId;
import jakarta.persistence.Query;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which dead letters; what is null does not matter.
 *
 * @param tenant whose the bot was when its work was parked
 * @param reason a part of the reason, in capitals or not
 * @param since parked at that moment or later
 * @param until parked before
 */
public record DeadLetterFilter(
        @Nullable BotId bot,
        @Nullable TenantId tenant,
        ParkedWork.@Nullable Queue queue,
        ParkedWork.@Nullable Priority priority,
        ParkedWork.@Nullable Owner owner,
        @Nullable DeadLetterState state,
        @Nullable String reason,
        @Nullable Instant since,
        @Nullable Instant until) {

    /** Every dead letter. */
    public static final DeadLetterFilter ALL =
            new DeadLetterFilter(null, null, null, null, null, null, null, null, null);

    /** The same, of those alone that were parked at that moment or later. */
    public DeadLetterFilter since(@Nullable Instant moment) {
        return new DeadLetterFilter(bot, tenant, queue, priority, owner, state, reason, moment, until);
    }

    /** The same, of those alone that are open. */
    public DeadLetterFilter open() {
        return new DeadLetterFilter(bot, tenant, queue, priority, owner, DeadLetterState.OPEN, reason, since, until);
    }

    /** The conditions on a DeadLetter named d, to stand after another one. */
    String conditions() {
        StringBuilder text = new StringBuilder();
        given().keySet().forEach(condition -> text.append(" and ").append(condition));
        return text.toString();
    }

    void bind(Query query) {
        given().forEach((condition, value) -> query.setParameter(condition.replaceAll("(?s).*:(\\w+).*", "$1"), value));
    }

    private Map<String, Object> given() {
        Map<String, Object> given = new LinkedHashMap<>();
        put(given, "d.bot = :bot", bot == null ? null : bot.value());
        put(given, "d.tenant = :tenant", tenant == null ? null : tenant.value());
        put(given, "d.queue = :queue", queue);
        put(given, "d.priority = :priority", priority);
        put(given, "d.owner = :owner", owner);
        put(given, "d.state = :state", state);
        put(given, "locate(lower(:reason), lower(d.reason)) > 0", reason);
        put(given, "d.parkedAt >= :since", since);
        put(given, "d.parkedAt < :until", until);
        return given;
    }

    private static void put(Map<String, Object> given, String condition, @Nullable Object value) {
        if (value != null) {
            given.put(condition, value);
        }
    }
}
