package io.holdfast.command;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A command as the registry knows it. */
public record CommandDefinition(
        BotCommand spec, Class<? extends Record> argsType, CommandHandler<? extends Record> handler) {

    public String name() {
        return spec.name();
    }

    /** How it is written, with its arguments: {@code /remind <after> <text>}. */
    public String usage() {
        List<RecordComponent> components = Arrays.asList(argsType.getRecordComponents());
        String arguments = components.stream()
                .map(component -> ArgumentParser.isOptional(component)
                        ? " [" + component.getName() + "]"
                        : " <" + component.getName() + ">")
                .collect(Collectors.joining());
        return "/" + name() + arguments;
    }
}
