package io.holdfast.architecture;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import io.holdfast.kernel.Feature;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FeatureTest {
    private static final Set<String> FORBIDDEN_NAMES = Set.of("util", "utils", "common", "service", "dto", "impl");

    @Test
    void the_importer_saw_the_classes() {
        assertThat(House.CLASSES.size()).isGreaterThan(100);
        assertThat(House.CLASSES.contain("io.holdfast.kernel.Startup")).isTrue();
        assertThat(House.CLASSES.contain("io.holdfast.inbox.Inbox")).isTrue();
        assertThat(House.CLASSES.contain("io.holdfast.telegram.WebhookResource"))
                .isTrue();
        assertThat(House.CLASSES.contain("io.holdfast.architecture.House")).isFalse();
    }

    @Test
    void every_package_is_one_declared_feature_of_the_same_name() {
        Set<String> undeclared = new TreeSet<>();
        features().forEach((name, declaration) -> {
            if (!declaration.name().equals(name)) {
                undeclared.add(name + " calls itself " + declaration.name());
            }
        });
        assertThat(undeclared).isEmpty();
        assertThat(packages()).isEqualTo(features().keySet());
        assertThat(packages()).noneMatch(name -> name.contains("."));
    }

    @Test
    void a_feature_imports_only_what_it_declares() {
        Map<String, Feature> features = features();
        Set<String> open = names(features, true);
        Set<String> wrong = new TreeSet<>();
        for (JavaClass type : House.CLASSES) {
            String from = House.feature(type.getPackageName());
            Set<String> allowed = allowed(from, features, open);
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                String target =
                        dependency.getTargetClass().getBaseComponentType().getPackageName();
                if (target.startsWith(House.ROOT + ".") && !allowed.contains(House.feature(target))) {
                    wrong.add("%s uses %s, which %s does not declare"
                            .formatted(
                                    type.getName(), dependency.getTargetClass().getName(), from));
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static Set<String> allowed(String from, Map<String, Feature> features, Set<String> open) {
        Set<String> allowed = new TreeSet<>(open);
        allowed.add(from);
        Feature declaration = features.get(from);
        if (declaration != null) {
            allowed.addAll(List.of(declaration.dependsOn()));
        }
        return allowed;
    }

    @Test
    void what_a_feature_declares_exists_and_is_not_open_anyway() {
        Map<String, Feature> features = features();
        Set<String> closed = names(features, false);
        features.forEach((name, declaration) ->
                assertThat(closed).as("what %s declares", name).containsAll(List.of(declaration.dependsOn())));
    }

    @Test
    void features_form_no_cycle() {
        slices().matching(House.ROOT + ".(*)..").should().beFreeOfCycles().check(House.CLASSES);
    }

    @Test
    void no_package_has_a_name_that_says_nothing() {
        assertThat(packages())
                .allSatisfy(name ->
                        assertThat(Arrays.asList(name.split("\\."))).doesNotContainAnyElementsOf(FORBIDDEN_NAMES));
    }

    private static Set<String> packages() {
        return House.CLASSES.stream()
                .map(type -> House.feature(type.getPackageName()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> names(Map<String, Feature> features, boolean open) {
        return features.entrySet().stream()
                .filter(entry -> entry.getValue().open() == open)
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map<String, Feature> features() {
        Map<String, Feature> features = new TreeMap<>();
        House.CLASSES.stream()
                .filter(type -> type.getSimpleName().equals("package-info"))
                .forEach(type -> features.put(
                        House.feature(type.getPackageName()),
                        type.reflect().getPackage().getAnnotation(Feature.class)));
        return features;
    }
}
