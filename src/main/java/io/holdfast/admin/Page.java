package io.holdfast.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param next the cursor of the following page, null on the last one
 */
record Page<T>(
        List<T> items,
        @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String next) {

    /** Made of one row more than the page holds, which tells whether there is a next one. */
    static <R, T> Page<T> of(List<R> rows, int limit, String list, ToLongFunction<R> position, Function<R, T> shown) {
        List<R> page = rows.size() > limit ? rows.subList(0, limit) : rows;
        String next = rows.size() > limit ? Cursor.of(list, position.applyAsLong(page.getLast())) : null;
        return new Page<>(page.stream().map(shown).toList(), next);
    }
}
