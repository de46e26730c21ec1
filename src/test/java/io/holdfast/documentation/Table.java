package io.holdfast.documentation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Reads the tables of a page; a cell is told without its back-ticks. */
final class Table {
    private Table() {}

    /** The rows under the heading whose first line of cells is {@code columns}. */
    static List<List<String>> rows(String page, String... columns) {
        List<String> lines = lines(Path.of("docs", page));
        int head = lines.stream().map(Table::cells).toList().indexOf(List.of(columns));
        if (head < 0) {
            throw new AssertionError("%s has no table %s".formatted(page, List.of(columns)));
        }
        return lines.stream()
                .skip(head + 2L)
                .takeWhile(line -> line.startsWith("|"))
                .map(Table::cells)
                .toList();
    }

    static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The cells of one line; none where it belongs to no table. */
    static List<String> cells(String line) {
        if (!line.startsWith("|")) {
            return List.of();
        }
        return Arrays.stream(line.substring(1, line.lastIndexOf('|')).split("\\|", -1))
                .map(cell -> cell.strip().replace("`", ""))
                .toList();
    }
}
