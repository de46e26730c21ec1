package io.holdfast.rig;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a cell found: facts, figures, and figures with a limit.
 *
 * <p>Written as JSON and printed as one block whether it is good or not; a broken limit does not end the cell, so that the
 * other figures are still seen.
 */
final class Verdict {
    static final Path FOLDER = Path.of("target", "rig");

    /** Three failures in n trials would be expected at the 95 % bound when none was seen. */
    private static final double RULE_OF_THREE = 3.0;

    private static final ObjectMapper JSON = new ObjectMapper();

    /** One line of the verdict; {@code limit} is null where nothing is asserted. */
    record Figure(String name, String value, @Nullable String limit, boolean kept) {}

    private final String cell;
    private final String size;
    private final Map<String, String> facts = new LinkedHashMap<>();
    private final List<Figure> figures = new ArrayList<>();

    Verdict(String cell, Size size) {
        this.cell = cell;
        this.size = size.letter();
    }

    /** Something to know about the run: seed, machine, command. */
    synchronized void fact(String name, Object value) {
        facts.put(name, String.valueOf(value));
    }

    /** A figure that is only told. */
    synchronized void figure(String name, Object value) {
        figures.add(new Figure(name, String.valueOf(value), null, true));
    }

    /** None of so many may be found. */
    synchronized void none(String name, long found, long of) {
        figures.add(new Figure(name, bound(found, of), "0", found == 0));
    }

    /** The value may be at most the limit. */
    synchronized void atMost(String name, double value, double limit, String unit) {
        figures.add(new Figure(name, number(value) + unit, "at most " + number(limit) + unit, value <= limit));
    }

    /** A time measured: held to its limit where figures are published, only told in a build that shares its machine. */
    synchronized void within(String name, double seconds, double limit) {
        if (size.equals(Size.S.letter())) {
            figure(name, number(seconds) + " s (at most " + number(limit) + " s at size m)");
        } else {
            atMost(name, seconds, limit, " s");
        }
    }

    /** The value must be at least the limit: that the cell saw what it is about. */
    synchronized void atLeast(String name, double value, double limit, String unit) {
        figures.add(new Figure(name, number(value) + unit, "at least " + number(limit) + unit, value >= limit));
    }

    /** What was found of so many, and where nothing was found the bound that this allows. */
    static String bound(long found, long of) {
        String counted = String.format(Locale.ROOT, "%,d of %,d", found, of);
        if (found > 0 || of == 0) {
            return counted;
        }
        return counted + String.format(Locale.ROOT, ": below %.2g %% at 95 %%", 100 * RULE_OF_THREE / of);
    }

    private static String number(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%,d", (long) value)
                : String.format(Locale.ROOT, "%,.2f", value);
    }

    /** The limits that do not hold; empty when the cell has passed. */
    synchronized List<String> broken() {
        return figures.stream()
                .filter(figure -> !figure.kept())
                .map(figure -> "%s: %s (limit %s)".formatted(figure.name(), figure.value(), figure.limit()))
                .toList();
    }

    /** Writes target/rig/CELL-SIZE.json and the table of all cells, and prints the block. */
    synchronized void write() {
        ObjectNode json = JSON.createObjectNode().put("cell", cell).put("size", size);
        ObjectNode known = json.putObject("facts");
        facts.forEach(known::put);
        ArrayNode list = json.putArray("figures");
        figures.forEach(figure -> list.addObject()
                .put("name", figure.name())
                .put("value", figure.value())
                .put("limit", figure.limit())
                .put("kept", figure.kept()));
        json.put("passed", broken().isEmpty());
        try {
            Files.createDirectories(FOLDER);
            Files.writeString(
                    FOLDER.resolve("%s-%s.json".formatted(cell, size)), json.toPrettyString() + System.lineSeparator());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        System.out.println(this);
        RigReport.write(FOLDER);
    }

    @Override
    public synchronized String toString() {
        StringBuilder text = new StringBuilder("---- rig: %s, size %s%n".formatted(cell, size));
        facts.forEach((name, value) -> text.append("  %-22s %s%n".formatted(name, value)));
        figures.forEach(figure -> text.append("  %-40s %s%s%n"
                .formatted(
                        figure.name(),
                        figure.value(),
                        figure.limit() == null
                                ? ""
                                : (figure.kept() ? "   (limit " : "   BROKEN (limit ") + figure.limit() + ")")));
        return text.append("----").toString();
    }
}
