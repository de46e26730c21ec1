package io.holdfast.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

class DependenciesDocTest {
    private static final String PAGE = "reference/dependencies.md";

    @Test
    void every_dependency_stands_in_the_reference_with_its_version_and_scope_and_no_other() throws Exception {
        Element project = project();
        Set<String> used = new TreeSet<>();
        for (Element dependency : children(child(project, "dependencies"), "dependency")) {
            String name = text(dependency, "groupId") + ":" + text(dependency, "artifactId");
            String scope = text(dependency, "scope");
            used.add("%s %s %s"
                    .formatted(name, version(project, dependency, name), scope.isEmpty() ? "compile" : scope));
        }
        Set<String> documented = Table.rows(PAGE, "dependency", "version", "scope", "what for", "licence").stream()
                .map(row -> "%s %s %s".formatted(row.get(0), row.get(1), row.get(2)))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(used).hasSizeGreaterThan(20);
        assertThat(documented).isEqualTo(used);
    }

    @Test
    void every_plugin_stands_in_the_reference_with_its_version_and_no_other() throws Exception {
        Set<String> used = new TreeSet<>();
        NodeList plugins = project().getElementsByTagName("plugin");
        for (int i = 0; i < plugins.getLength(); i++) {
            Element plugin = (Element) plugins.item(i);
            String version = text(plugin, "version");
            if (!version.isEmpty()) {
                used.add(text(plugin, "artifactId") + " " + version);
            }
        }
        Set<String> documented = Table.rows(PAGE, "plugin", "version", "what for", "licence").stream()
                .map(row -> row.get(0) + " " + row.get(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(used).hasSizeGreaterThan(10);
        assertThat(documented).isEqualTo(used);
    }

    /** Its own version, the managed one, or that of the imported list of its group. */
    private static String version(Element project, Element dependency, String name) {
        List<Element> managed = children(child(child(project, "dependencyManagement"), "dependencies"), "dependency");
        String version = text(dependency, "version");
        for (Element candidate : managed) {
            if (version.isEmpty() && name.equals(text(candidate, "groupId") + ":" + text(candidate, "artifactId"))) {
                version = text(candidate, "version");
            }
        }
        if (version.isEmpty()) {
            return "managed";
        }
        String property = version.startsWith("${") ? version.substring(2, version.length() - 1) : "";
        return property.isEmpty() ? version : text(child(project, "properties"), property);
    }

    private static Element project() throws Exception {
        return DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(Path.of("pom.xml").toFile())
                .getDocumentElement();
    }

    private static Element child(Element parent, String name) {
        return children(parent, name).getFirst();
    }

    private static String text(Element parent, String name) {
        return children(parent, name).stream()
                .map(element -> element.getTextContent().strip())
                .findFirst()
                .orElse("");
    }

    private static List<Element> children(Element parent, String name) {
        List<Element> children = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && element.getTagName().equals(name)) {
                children.add(element);
            }
        }
        return children;
    }
}
