package io.holdfast.simulator;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** The fault rules over HTTP. */
final class FaultControl {

    private final World world;

    FaultControl(World world) {
        this.world = world;
    }

    HttpResponse list(Fields fields) {
        return ControlApi.ok("{\"items\":" + StateView.list(world.faults().active(), StateView::fault) + "}");
    }

    HttpResponse add(Fields fields) {
        FaultKind kind = kind(fields.text("kind"));
        Fault usual = Fault.of(kind);
        Fault fault = new Fault(
                kind,
                (int) fields.number("status", usual.status()),
                (int) fields.number("retryAfter", usual.retryAfter()),
                Duration.ofMillis(fields.number("millis", usual.pause().toMillis())),
                fields.has("applied") ? fields.flag("applied") : usual.applied());
        FaultRule rule = new FaultRule(
                fault,
                fields.number("botId", 0),
                fields.text("method", ""),
                fields.number("chatId", 0),
                (int) fields.number("times", 0),
                fields.decimal("probability", 1));
        Faults.Active added = world.faults().add(rule);
        changed();
        return ControlApi.created(StateView.fault(added));
    }

    HttpResponse remove(Fields fields) {
        if (!fields.has("id")) {
            world.faults().clear();
        } else if (!world.faults().remove(fields.number("id"))) {
            throw new IllegalArgumentException("there is no fault " + fields.number("id"));
        }
        changed();
        return list(fields);
    }

    private void changed() {
        world.events().publish("faults", () -> StateView.list(world.faults().active(), StateView::fault));
    }

    private static FaultKind kind(String name) {
        String wanted = name.toUpperCase(Locale.ROOT).replace('-', '_');
        return List.of(FaultKind.values()).stream()
                .filter(kind -> kind.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "there is no fault \"" + name + "\"; there are " + List.of(FaultKind.values())));
    }
}
