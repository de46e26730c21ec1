package io.holdfast.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.command.BotCommand;
import io.holdfast.command.CommandCall;
import io.holdfast.command.CommandContext;
import io.holdfast.command.CommandRegistry;
import io.holdfast.kernel.Startup;
import io.holdfast.testkit.Deployments;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.InterceptionType;
import jakarta.enterprise.inject.spi.Interceptor;
import jakarta.inject.Inject;
import java.lang.annotation.Annotation;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ArquillianExtension.class)
class GuardIT {

    @Inject
    private BeanManager beans;

    @Inject
    private CommandRegistry registry;

    @Inject
    private Startup startup;

    @BeforeEach
    void awaitStart() throws InterruptedException {
        startup.awaitComplete(Duration.ofSeconds(60));
    }

    @Deployment
    static WebArchive holdfast() {
        return Deployments.holdfast(GuardIT.class);
    }

    @Test
    void the_server_asks_in_the_order_in_which_the_method_reads() throws Exception {
        Annotation[] written = CommandInvoker.class
                .getMethod("invoke", CommandCall.class, CommandContext.class)
                .getAnnotations();
        List<Interceptor<?>> resolved = beans.resolveInterceptors(InterceptionType.AROUND_INVOKE, written);
        assertThat(resolved.stream().map(Bean::getBeanClass).map(Class::getSimpleName))
                .containsExactlyElementsOf(Arrays.stream(written)
                        .map(annotation -> annotation.annotationType().getSimpleName() + "Interceptor")
                        .toList());
    }

    @Test
    void a_stereotype_with_members_makes_a_bean_whose_members_can_be_read() {
        assertThat(registry.find("echo")).hasValueSatisfying(echo -> {
            assertThat(echo.spec().pure()).isTrue();
            assertThat(beans.isStereotype(BotCommand.class)).isTrue();
        });
        assertThat(beans.getBeans(Object.class).stream()
                        .filter(bean -> bean.getStereotypes().contains(BotCommand.class)))
                .hasSizeGreaterThanOrEqualTo(5)
                .allMatch(bean -> bean.getScope() == ApplicationScoped.class);
    }
}
