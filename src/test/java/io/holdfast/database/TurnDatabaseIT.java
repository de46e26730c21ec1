package io.holdfast.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.testkit.Deployments;
import jakarta.inject.Inject;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ArquillianExtension.class)
class TurnDatabaseIT {

    @Deployment
    static WebArchive holdfast() {
        return Deployments.holdfast(TurnDatabaseIT.class, TurnProbe.class);
    }

    @Inject
    private TurnProbe probe;

    @Test
    void a_turn_uses_one_connection_and_one_transaction_whichever_way_it_asks() {
        var answers = probe.answers();
        assertThat(answers).hasSize(3);
        assertThat(answers.getFirst()).matches("\\d+/\\d+");
        assertThat(answers).containsOnly(answers.getFirst());
    }

    @Test
    void the_next_turn_is_another_transaction() {
        assertThat(probe.answers().getFirst()).isNotEqualTo(probe.answers().getFirst());
    }
}
