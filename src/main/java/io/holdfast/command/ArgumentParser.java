package io.holdfast.command;

import io.holdfast.kernel.ConfigurationException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns what stands after a command into its record of arguments; pure.
 *
 * <p>Arguments are written in order, or as {@code name=value}; quotes keep words together; a text that comes last takes the rest
 * of the line as it stands. An {@code Optional} component may be left out.
 */
public final class ArgumentParser {

    private ArgumentParser() {}

    /** What became of the text. */
    public sealed interface Parsed {
        /** All arguments are there and of their types. */
        record Arguments(Record args) implements Parsed {}

        /** One is not; the text says which and what it should be. */
        record Wrong(String text) implements Parsed {}
    }

    static boolean isOptional(RecordComponent component) {
        return component.getType() == Optional.class;
    }

    /** Refuses at start a record with a component that no text can become. */
    static void check(Class<? extends Record> type) {
        for (RecordComponent component : type.getRecordComponents()) {
            if (ArgumentType.of(valueType(component)).isEmpty()) {
                throw new ConfigurationException("%s.%s is a %s, which no argument can become."
                        .formatted(
                                type.getName(),
                                component.getName(),
                                valueType(component).getSimpleName()));
            }
        }
    }

    /** Parses the text for the record. */
    public static Parsed parse(Class<? extends Record> type, String text) {
        RecordComponent[] components = type.getRecordComponents();
        Map<String, String> values = assign(components, text.strip());
        @Nullable Object[] arguments = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            RecordComponent component = components[i];
            @Nullable String written = values.get(component.getName());
            ArgumentType<?> argument = ArgumentType.of(valueType(component)).orElseThrow();
            if (written == null || written.isEmpty()) {
                if (!isOptional(component)) {
                    return new Parsed.Wrong("%s is missing: %s.".formatted(component.getName(), argument.meaning()));
                }
                arguments[i] = Optional.empty();
                continue;
            }
            Optional<?> value = argument.parse(written);
            if (value.isEmpty()) {
                return new Parsed.Wrong("%s should be %s.".formatted(component.getName(), argument.meaning()));
            }
            arguments[i] = isOptional(component) ? value : value.get();
        }
        return new Parsed.Arguments(construct(type, components, arguments));
    }

    private static Map<String, String> assign(RecordComponent[] components, String text) {
        Map<String, String> values = new HashMap<>();
        List<String> names =
                Arrays.stream(components).map(RecordComponent::getName).toList();
        Words words = new Words(text);
        int position = 0;
        while (words.hasMore()) {
            @Nullable String named = words.nameOf(names);
            if (named != null) {
                values.put(named, words.next());
                continue;
            }
            while (position < components.length && values.containsKey(names.get(position))) {
                position++;
            }
            if (position == components.length) {
                break;
            }
            boolean takesRest = position == components.length - 1 && valueType(components[position]) == String.class;
            values.put(names.get(position), takesRest ? words.rest() : words.next());
        }
        return values;
    }

    private static Class<?> valueType(RecordComponent component) {
        if (!isOptional(component)) {
            return component.getType();
        }
        return component.getGenericType() instanceof ParameterizedType optional
                        && optional.getActualTypeArguments()[0] instanceof Class<?> value
                ? value
                : Object.class;
    }

    private static Record construct(
            Class<? extends Record> type, RecordComponent[] components, @Nullable Object[] arguments) {
        try {
            Class<?>[] types =
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            Constructor<? extends Record> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException("The arguments were refused by " + type.getName(), e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("The arguments %s cannot be made".formatted(type.getName()), e);
        }
    }
}
