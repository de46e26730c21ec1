package io.holdfast.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import io.holdfast.channel.BotApi;
import io.holdfast.channel.ChannelSender;
import jakarta.transaction.Transactional;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class TransactionTest {
    private static final List<String> REMOTE_PACKAGES = List.of("okhttp3", "java.net.http", "com.pengrad.telegrambot");

    @Test
    void no_remote_call_is_reached_from_a_transaction() {
        Set<String> wrong = new TreeSet<>();
        transactional().forEach(method -> pathToRemote(method).ifPresent(wrong::add));
        assertThat(transactional()).as("transactional methods").hasSizeGreaterThan(5);
        assertThat(wrong).isEmpty();
    }

    @Test
    void the_walk_sees_calls_through_interfaces_and_lambdas() {
        JavaClass sender = House.CLASSES.get("io.holdfast.lane.Sender");
        assertThat(sender.getMethods().stream().flatMap(method -> pathToRemote(method).stream()))
                .isNotEmpty();
    }

    @Test
    void no_transaction_is_optional() {
        assertThat(transactional())
                .noneMatch(method -> kind(method) == Transactional.TxType.SUPPORTS
                        || kind(method) == Transactional.TxType.NOT_SUPPORTED);
    }

    private static Transactional.TxType kind(JavaMethod method) {
        return method.tryGetAnnotationOfType(Transactional.class)
                .or(() -> method.getOwner().tryGetAnnotationOfType(Transactional.class))
                .orElseThrow()
                .value();
    }

    private static List<JavaMethod> transactional() {
        return House.CLASSES.stream()
                .flatMap(type -> type.getMethods().stream())
                .filter(method -> method.isAnnotatedWith(Transactional.class)
                        || method.getOwner().isAnnotatedWith(Transactional.class))
                .toList();
    }

    /** Breadth first over calls, from interfaces to all implementations in the house. */
    private static java.util.Optional<String> pathToRemote(JavaMethod start) {
        Map<JavaCodeUnit, String> paths = new HashMap<>();
        Deque<JavaCodeUnit> open = new ArrayDeque<>(List.of(start));
        paths.put(start, start.getFullName());
        while (!open.isEmpty()) {
            JavaCodeUnit unit = open.remove();
            String path = paths.getOrDefault(unit, "");
            for (var call : unit.getCallsFromSelf()) {
                if (isRemote(call.getTargetOwner())) {
                    return java.util.Optional.of(
                            path + " -> " + call.getTarget().getFullName());
                }
                for (JavaCodeUnit target :
                        targets(call.getTargetOwner(), call.getTarget().getName())) {
                    if (paths.putIfAbsent(target, path + " -> " + target.getFullName()) == null) {
                        open.add(target);
                    }
                }
            }
        }
        return java.util.Optional.empty();
    }

    private static boolean isRemote(JavaClass owner) {
        return owner.isAssignableTo(BotApi.class)
                || owner.isAssignableTo(ChannelSender.class)
                || REMOTE_PACKAGES.stream()
                        .anyMatch(name -> owner.getPackageName().startsWith(name));
    }

    private static Collection<JavaCodeUnit> targets(JavaClass owner, String name) {
        Set<JavaCodeUnit> found = new LinkedHashSet<>();
        if (owner.getPackageName().startsWith(House.ROOT)) {
            Set<JavaClass> types = new LinkedHashSet<>(List.of(owner));
            types.addAll(owner.getAllSubclasses());
            types.forEach(type -> type.getCodeUnits().stream()
                    .filter(unit -> unit.getName().equals(name))
                    .forEach(found::add));
        }
        return found;
    }
}
