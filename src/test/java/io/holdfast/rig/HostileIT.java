package io.holdfast.rig;

import static org.awaitility.Awaitility.await;

import io.holdfast.simulator.ApiCall;
import io.holdfast.simulator.SimBot;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("rig")
@Tag("hostile")
class HostileIT {
    private static final double GROWTH = 1.1;
    private static final double MEBIBYTE = 1 << 20;
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    @Test
    void hostile_inputs_are_refused_in_order_while_good_updates_go_through() throws Exception {
        Cell.run("hostile", cell -> {
            int inputs = cell.size().of(2_000, 50_000, 500_000);
            int warm = inputs / 20;
            try (Rig rig = cell.rig();
                    Load victims = rig.load(2, 0);
                    Load good = rig.load(5, 200).begin(20)) {
                HostileInputs hostile = hostile(cell, rig, victims.bots());
                Attack attack = new Attack(rig.installation().server().url().getPort(), hostile);
                attack.send(0, warm);
                awaitEnd(victims);
                Footprint base = Footprint.afterCollections(rig.installation());
                attack.send(warm, inputs);
                awaitEnd(victims);
                Footprint after = Footprint.afterCollections(rig.installation());
                attack.tell(cell.verdict(), inputs);
                cell.verdict()
                        .figure(
                                "what became of hostile updates",
                                victims.checker().states());
                cell.verdict().figure("after the first %,d".formatted(warm), base);
                cell.verdict().figure("after all", after);
                held(cell, after.heap() / MEBIBYTE, GROWTH * base.heap() / MEBIBYTE);
                good.judge(cell);
            }
        });
    }

    /** At size s the first inputs have not yet loaded what the others need. */
    private static void held(Cell cell, double heap, double limit) {
        if (cell.size() == Size.S) {
            cell.verdict().figure("heap after three collections", "%.1f MiB (%.1f at size m)".formatted(heap, limit));
        } else {
            cell.verdict().atMost("heap after three collections", heap, limit, " MiB");
        }
    }

    /** The updates go to the first bot; the calls name the second, which may be changed by them. */
    private static HostileInputs hostile(Cell cell, Rig rig, List<SimBot> victims) {
        Installation installation = rig.installation();
        ApiCall told = installation
                .simulator()
                .journal()
                .calls(victims.getFirst(), "setWebhook")
                .getLast();
        RestGrammar rest = new RestGrammar(
                installation.client(), List.of(Long.toString(victims.getLast().id()), installation.tenant()));
        cell.verdict().atLeast("operations in the REST document", rest.operations(), 5, "");
        return new HostileInputs(
                cell.seed(),
                rest,
                new HostileInputs.Doors(
                        URI.create(String.valueOf(told.parameter("url"))).getPath(),
                        String.valueOf(told.parameter("secret_token")),
                        Objects.requireNonNull(installation.client().token())));
    }

    private static void awaitEnd(Load victims) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> victims.checker().unfinished() == 0);
    }
}
