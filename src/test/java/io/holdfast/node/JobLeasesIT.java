package io.holdfast.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.database.EngineDatabase;
import io.holdfast.kernel.Startup;
import io.holdfast.testkit.Deployments;
import jakarta.inject.Inject;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ArquillianExtension.class)
class JobLeasesIT {
    private static final int NODES = 16;
    private static final int ROUNDS = 20;

    @Inject
    private JobLeases leases;

    @Inject
    private EngineDatabase database;

    @Inject
    private Startup startup;

    private final String job = "it-" + UUID.randomUUID();

    @Deployment
    static WebArchive holdfast() {
        return Deployments.holdfast(JobLeasesIT.class);
    }

    @BeforeEach
    void awaitServer() throws InterruptedException {
        assertThat(startup.awaitComplete(Duration.ofSeconds(60))).isTrue();
    }

    @Test
    void of_many_nodes_that_come_at_once_one_gets_the_job_each_time_it_is_over() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            assertThat(winnersOfMany()).as("round " + round).isEqualTo(1);
            makeOver();
        }
    }

    private int winnersOfMany() throws Exception {
        CountDownLatch begin = new CountDownLatch(1);
        List<Future<Boolean>> tries = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(NODES)) {
            for (int i = 0; i < NODES; i++) {
                String node = "it-node-" + i;
                Callable<Boolean> attempt = () -> {
                    begin.await();
                    return leases.take(job, node);
                };
                tries.add(threads.submit(attempt));
            }
            begin.countDown();
        }
        int winners = 0;
        for (Future<Boolean> attempt : tries) {
            winners += attempt.get() ? 1 : 0;
        }
        return winners;
    }

    @Test
    void who_has_a_job_keeps_it_by_coming_again_until_it_is_over() {
        assertThat(leases.take(job, "one")).isTrue();
        assertThat(leases.take(job, "other")).isFalse();
        assertThat(leases.take(job, "one")).isTrue();
        makeOver();
        assertThat(leases.take(job, "other")).isTrue();
        assertThat(leases.take(job, "one")).isFalse();
    }

    @Test
    void work_runs_here_unless_another_node_has_the_job() {
        AtomicInteger runs = new AtomicInteger();
        assertThat(leases.take(job, "other")).isTrue();
        assertThat(leases.run(job, runs::incrementAndGet)).isFalse();
        makeOver();
        assertThat(leases.run(job, runs::incrementAndGet)).isTrue();
        assertThat(leases.run(job, runs::incrementAndGet)).isTrue();
        assertThat(runs).hasValue(2);
        assertThat(leases.take(job, "other")).isFalse();
    }

    private void makeOver() {
        database.run(connection -> {
            try (PreparedStatement update =
                    connection.prepareStatement("update job_lease set lease_until = clock_timestamp() where job = ?")) {
                update.setString(1, job);
                return update.executeUpdate();
            }
        });
    }
}
