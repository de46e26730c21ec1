package io.holdfast.command;

import io.holdfast.channel.BotApi;
import io.holdfast.kernel.ConfigurationException;
import io.holdfast.kernel.StartStep;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** All commands of this server, found once at start; two of one name stop it. */
@ApplicationScoped
public class CommandRegistry implements StartStep {
    /** Telegram: 1-32 characters, lowercase English letters, digits and underscores. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9_]{1,32}");

    @Inject
    @Any
    private Instance<CommandHandler<? extends Record>> handlers;

    private Map<String, CommandDefinition> byName = Map.of();

    @Override
    public Phase phase() {
        return Phase.CONFIGURATION;
    }

    @Override
    public void start() {
        Map<String, CommandDefinition> found = new TreeMap<>();
        for (Instance.Handle<CommandHandler<? extends Record>> handle : handlers.handles()) {
            CommandDefinition definition = define(handle.getBean().getBeanClass(), handle.get());
            CommandDefinition other = found.put(definition.name(), definition);
            if (other != null) {
                throw new ConfigurationException("Two commands are named /%s: %s and %s. Rename one of them."
                        .formatted(
                                definition.name(),
                                other.argsType().getName(),
                                definition.argsType().getName()));
            }
        }
        byName = Map.copyOf(found);
    }

    public Optional<CommandDefinition> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** All commands by name, in the alphabet's order. */
    public Collection<CommandDefinition> all() {
        return new TreeMap<>(byName).values();
    }

    /** Telegram's menu for a language; the empty string is the default. */
    public List<BotApi.Command> menu(String language) {
        return all().stream()
                .filter(command -> command.spec().role() == Role.USER)
                .map(command ->
                        new BotApi.Command(command.name(), command.spec().summary()))
                .toList();
    }

    private static CommandDefinition define(Class<?> type, CommandHandler<? extends Record> handler) {
        @Nullable BotCommand spec = type.getAnnotation(BotCommand.class);
        if (spec == null) {
            throw new ConfigurationException(
                    "%s handles a command but says no name: annotate it with @BotCommand.".formatted(type.getName()));
        }
        if (!NAME.matcher(spec.name()).matches()) {
            throw new ConfigurationException(
                    "/%s (%s) is no name that Telegram takes: use 1 to 32 of a-z, 0-9 and underscore."
                            .formatted(spec.name(), type.getName()));
        }
        return new CommandDefinition(spec, argsType(type), handler);
    }

    private static Class<? extends Record> argsType(Class<?> type) {
        for (Type implemented : type.getGenericInterfaces()) {
            if (implemented instanceof ParameterizedType parameterized
                    && parameterized.getRawType() == CommandHandler.class
                    && parameterized.getActualTypeArguments()[0] instanceof Class<?> args) {
                ArgumentParser.check(args.asSubclass(Record.class));
                return args.asSubclass(Record.class);
            }
        }
        throw new ConfigurationException(
                "%s must implement CommandHandler<Args> itself, with a record for Args.".formatted(type.getName()));
    }
}
