package io.holdfast.kernel;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Refuses to start with a variable missing or a setting that nobody reads, in one sentence.
 *
 * <p>The known keys are those of the features' Config classes. In the environment an unknown name is only warned of, because
 * Kubernetes puts names such as HOLDFAST_SERVICE_HOST there.
 */
@ApplicationScoped
class ConfigurationCheck implements StartStep {
    private static final Logger LOG = System.getLogger(ConfigurationCheck.class.getName());

    @Inject
    private BeanManager beans;

    @Inject
    private Config config;

    @Override
    public Phase phase() {
        return Phase.CONFIGURATION;
    }

    @Override
    public void start() {
        Map<String, String> environment = System.getenv();
        ConfigurationRules rules = new ConfigurationRules(knownKeys());
        rules.refuseMissing(environment);
        rules.refuseUnknown(namesInSources());
        rules.unknownVariables(environment.keySet())
                .forEach(name -> LOG.log(
                        Level.WARNING,
                        "{0} stands in the environment and nothing reads it; did you mean {1}?",
                        name,
                        rules.nearestVariable(name)));
    }

    private Set<String> knownKeys() {
        return beans.getBeans(Object.class, Any.Literal.INSTANCE).stream()
                .map(bean -> (Class<?>) bean.getBeanClass())
                .filter(type -> type.getSimpleName().endsWith("Config"))
                .flatMap(ConfigurationCheck::keys)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> keys(Class<?> type) {
        return Arrays.stream(type.getDeclaredFields())
                .map(field -> field.getAnnotation(ConfigProperty.class))
                .filter(property -> property != null)
                .map(ConfigProperty::name);
    }

    private List<String> namesInSources() {
        return StreamSupport.stream(config.getConfigSources().spliterator(), false)
                .map(ConfigSource::getPropertyNames)
                .flatMap(Set::stream)
                .filter(name -> name.startsWith("holdfast."))
                .distinct()
                .toList();
    }
}
