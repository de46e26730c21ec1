package io.holdfast.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

class ConfigurationDocTest {
    private static final List<List<String>> ROWS =
            Table.rows("reference/configuration.md", "key", "variable", "default", "meaning");

    @Test
    void every_key_stands_in_the_reference_with_its_default_and_no_other() {
        Map<String, String> documented = new TreeMap<>();
        ROWS.forEach(row -> documented.put(row.get(0), row.get(2)));
        assertThat(documented).isEqualTo(keysOfTheCode()).hasSameSizeAs(ROWS);
    }

    @Test
    void the_variable_of_a_key_is_the_one_that_microprofile_reads() {
        assertThat(ROWS)
                .allSatisfy(row -> assertThat(row.get(1))
                        .isEqualTo(row.get(0).replaceAll("[^a-z0-9]", "_").toUpperCase(Locale.ROOT)));
    }

    private static Map<String, String> keysOfTheCode() {
        Map<String, String> keys = new TreeMap<>();
        new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("io.holdfast").stream()
                        .flatMap(type -> type.getFields().stream())
                        .filter(field -> field.isAnnotatedWith(ConfigProperty.class))
                        .map(field -> field.getAnnotationOfType(ConfigProperty.class))
                        .forEach(property -> keys.put(property.name(), defaultOf(property)));
        assertThat(keys).hasSizeGreaterThan(20);
        return keys;
    }

    private static String defaultOf(ConfigProperty property) {
        return property.defaultValue().equals(ConfigProperty.UNCONFIGURED_VALUE) ? "" : property.defaultValue();
    }
}
