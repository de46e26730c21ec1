package io.holdfast.bench;

import io.holdfast.rig.ServerWith;
import io.holdfast.rig.UnpackedServer;
import io.holdfast.simulator.SimBot;
import io.holdfast.testkit.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the parts can do on this machine in these minutes when nothing of the product is between: measured once in a process,
 * by whichever cell asks first.
 *
 * @param posts deliveries that the same server acknowledges without a database, per second
 * @param commits commits of one inserted row each, per second
 * @param turns commits of the four statements of a turn, per second
 * @param calls calls of sendMessage by the product's HTTP client, per second
 */
record Floors(Rate posts, Rate commits, Rate turns, Rate calls) {

    /** So many in a second, and what a thousand cost the part that is named: server, database, or this process. */
    record Rate(double perSecond, double processorSeconds) {}

    private static @Nullable Floors known;

    static synchronized Floors measured(Bench bench) {
        if (known == null) {
            try {
                known = measure(bench);
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        return known;
    }

    private static Floors measure(Bench bench) throws IOException, InterruptedException {
        Path folder = Path.of("target", "bench-server").toAbsolutePath();
        Folders.delete(folder);
        Files.createDirectories(folder);
        Path server = ServerWith.classes(UnpackedServer.folder(), folder, FloorApplication.class, FloorResource.class);
        try (Subject subject = Subject.start(bench, server)) {
            Rate posts = posts(bench, subject);
            Rate calls = CallFloor.measure(subject, part(bench));
            try (CommitFloor floor = new CommitFloor(subject)) {
                return new Floors(posts, floor.rows(part(bench)), floor.turns(part(bench)), calls);
            }
        }
    }

    private static Duration part(Bench bench) {
        return Duration.ofSeconds(bench.size().of(5, 20, 30));
    }

    /** 100 bots whose webhook is the resource that does nothing. */
    private static Rate posts(Bench bench, Subject subject) {
        List<Talk> talks = new ArrayList<>();
        List<SimBot> bots =
                CallFloor.bots(subject, 100, subject.installation().server().url() + "/floor/bench");
        for (int i = 0; i < 2000; i++) {
            SimBot bot = bots.get(i % bots.size());
            talks.add(new Talk(i, bot, subject.installation().simulator().privateChat(bot, "User " + i)));
        }
        Deliveries deliveries = new Deliveries(subject.installation().simulator(), talks, "/echo m1");
        deliveries.begin();
        bench.warm(bench.warmUp(), deliveries::acknowledged);
        Reading.Window window = subject.watch(deliveries::acknowledged, part(bench));
        deliveries.end();
        if (deliveries.refused() > 0) {
            throw new UncheckedIOException(new IOException(deliveries.refused() + " deliveries were refused"));
        }
        return new Rate(window.perSecond(), window.processor().server() / window.answered() * 1000);
    }

    void figures(Sheet sheet) {
        sheet.figure("floor: POST without a database", posts.perSecond(), "/s");
        sheet.figure("floor: POST without a database, server's CPU per 1,000", posts.processorSeconds(), "s");
        sheet.figure("floor: commit of one row", commits.perSecond(), "/s");
        sheet.figure("floor: commit of one row, database's CPU per 1,000", commits.processorSeconds(), "s");
        sheet.figure("floor: commit of a turn's four statements", turns.perSecond(), "/s");
        sheet.figure("floor: commit of a turn, database's CPU per 1,000", turns.processorSeconds(), "s");
        sheet.figure("floor: calls of sendMessage", calls.perSecond(), "/s");
        sheet.figure("floor: calls, CPU of both sides per 1,000", calls.processorSeconds(), "s");
    }
}
