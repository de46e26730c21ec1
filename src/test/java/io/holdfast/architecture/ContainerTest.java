package io.holdfast.architecture;

import static com.tngtech.archunit.core.domain.properties.CanBeAnnotated.Predicates.annotatedWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import io.holdfast.kernel.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.interceptor.AroundInvoke;
import jakarta.persistence.Entity;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.NodeList;

class ContainerTest {

    @Test
    void enterprise_beans_are_timers_and_nothing_else() {
        noClasses()
                .that()
                .haveSimpleNameNotEndingWith("Timer")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jakarta.ejb..")
                .because("EJB timers only drive CDI beans, which tests call by hand")
                .check(House.CLASSES);
    }

    @Test
    void a_timer_makes_one_call_once_the_server_is_up() {
        List<String> busy = House.CLASSES.stream()
                .filter(type -> type.getSimpleName().endsWith("Timer"))
                .flatMap(type -> type.getMethods().stream())
                .filter(method -> method.getMethodCallsFromSelf().stream()
                                .filter(call -> !call.getTargetOwner().isEquivalentTo(Startup.class))
                                .count()
                        > 1)
                .map(method -> method.getFullName())
                .toList();
        assertThat(busy).isEmpty();
    }

    @Test
    void nobody_reads_a_field_of_a_bean_in_a_normal_scope() {
        Set<String> wrong = House.CLASSES.stream()
                .flatMap(type -> type.getFieldAccessesFromSelf().stream())
                .filter(access -> access.getTargetOwner().isAnnotatedWith(ApplicationScoped.class)
                        || access.getTargetOwner().isAnnotatedWith(RequestScoped.class))
                .filter(access -> !outermost(access.getOriginOwner()).equals(outermost(access.getTargetOwner())))
                .filter(access -> access.getTarget().resolveMember().stream()
                        .noneMatch(field -> field.getModifiers().contains(JavaModifier.STATIC)))
                .map(access -> access.getDescription())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(wrong)
                .as("the field of a client proxy is empty: read it through a method")
                .isEmpty();
    }

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(ContainerTest::outermost).orElse(type);
    }

    @Test
    void interceptors_are_only_in_the_guard() {
        methods()
                .that(annotatedWith(AroundInvoke.class))
                .should()
                .beDeclaredInClassesThat()
                .resideInAPackage("io.holdfast.guard")
                .because("nothing else may stand between a caller and a handler")
                .check(House.CLASSES);
    }

    @Test
    void persistence_xml_lists_exactly_the_entities() throws Exception {
        Set<String> listed = new TreeSet<>();
        try (InputStream file = Files.newInputStream(Path.of("src/main/resources/META-INF/persistence.xml"))) {
            NodeList classes = DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .parse(file)
                    .getElementsByTagName("class");
            for (int i = 0; i < classes.getLength(); i++) {
                listed.add(classes.item(i).getTextContent().strip());
            }
        }
        Set<String> entities = House.CLASSES.stream()
                .filter(type -> type.isAnnotatedWith(Entity.class))
                .map(JavaClass::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(entities).isNotEmpty();
        assertThat(listed)
                .as("Hibernate finds no entities by itself on this server")
                .isEqualTo(entities);
    }

    @Test
    void the_war_carries_no_api_of_the_server() throws IOException {
        Path libraries = Path.of("target/holdfast/WEB-INF/lib");
        org.junit.jupiter.api.Assumptions.assumeTrue(
                Files.isDirectory(libraries), "The WAR is built after the units of a first build.");
        Pattern api = Pattern.compile("jakarta\\..*|.*-api-\\d.*jakarta.*|microprofile-.*");
        try (Stream<Path> files = Files.list(libraries)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .isNotEmpty()
                    .noneMatch(name -> api.matcher(name).matches());
        }
    }
}
