package io.holdfast.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaParameterizedType;
import com.tngtech.archunit.core.domain.JavaType;
import io.holdfast.kernel.BotId;
import io.holdfast.kernel.TenantId;
import java.sql.Connection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class StoreTest {
    /** A row may hold its owner in a part of itself. */
    private static final int ROW_IN_ROW = 2;

    /** Tables that belong to the installation, not to a tenant. */
    private static final Set<String> OF_THE_INSTALLATION =
            Set.of("io.holdfast.node.NodeStore", "io.holdfast.admin.OperatorStore");

    /** Sweeps over all bots of this node or of the installation, each with its reason. */
    private static final Set<String> SWEEPS = Set.of(
            "io.holdfast.lane.HolderStore.heldBy", // all bots of one node
            "io.holdfast.fleet.BotStore.list", // the operators' list; operators are above tenants
            "io.holdfast.fleet.BotStore.directedElsewhere"); // a changed public address moves all bots

    @Test
    void a_store_is_asked_for_one_bot_or_tenant_at_a_time() {
        Set<String> wrong = new TreeSet<>();
        for (JavaClass type : stores()) {
            if (OF_THE_INSTALLATION.contains(type.getName())) {
                continue;
            }
            for (JavaMethod method : type.getMethods()) {
                if (!method.getModifiers().contains(JavaModifier.PRIVATE)
                        && !method.getModifiers().contains(JavaModifier.SYNTHETIC)
                        && !method.getModifiers().contains(JavaModifier.STATIC)
                        && !SWEEPS.contains(type.getName() + "." + method.getName())
                        && !ownerFirst(method)) {
                    wrong.add(method.getFullName());
                }
            }
        }
        assertThat(stores()).hasSizeGreaterThan(2);
        assertThat(wrong)
                .as("first parameter: TenantId, BotId, rows that carry one, or nothing")
                .isEmpty();
    }

    @Test
    void the_exceptions_are_still_there() {
        Set<String> there = new TreeSet<>();
        stores().forEach(type -> {
            there.add(type.getName());
            type.getMethods().forEach(method -> there.add(type.getName() + "." + method.getName()));
        });
        assertThat(there).containsAll(OF_THE_INSTALLATION).containsAll(SWEEPS);
    }

    private static List<JavaClass> stores() {
        return House.CLASSES.stream()
                .filter(type -> type.getSimpleName().endsWith("Store") && !type.isInterface())
                .toList();
    }

    private static boolean ownerFirst(JavaMethod method) {
        List<JavaType> parameters = method.getParameterTypes().stream()
                .filter(type -> !type.toErasure().isEquivalentTo(Connection.class))
                .toList();
        return parameters.isEmpty() || carriesOwner(parameters.getFirst(), ROW_IN_ROW);
    }

    private static boolean carriesOwner(JavaType type, int depth) {
        JavaClass raw = type.toErasure();
        if (raw.isEquivalentTo(BotId.class) || raw.isEquivalentTo(TenantId.class)) {
            return true;
        }
        if (type instanceof JavaParameterizedType parameterized
                && parameterized.getActualTypeArguments().stream()
                        .anyMatch(argument -> carriesOwner(argument, depth))) {
            return true;
        }
        return depth > 0
                && raw.getPackageName().startsWith(House.ROOT)
                && raw.getAllFields().stream().anyMatch(field -> carriesOwner(field.getType(), depth - 1));
    }
}
