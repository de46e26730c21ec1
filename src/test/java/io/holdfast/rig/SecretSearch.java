package io.holdfast.rig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Looks for secrets where none may be; what it finds is told by the secret's name, never by its value. */
final class SecretSearch {
    private final Map<String, String> secrets;

    /** @param secrets by the names under which they are told */
    SecretSearch(Map<String, String> secrets) {
        this.secrets = Map.copyOf(secrets);
    }

    List<String> inText(String place, String text) {
        return secrets.entrySet().stream()
                .filter(secret -> text.contains(secret.getValue()))
                .map(secret -> secret.getKey() + " in " + place)
                .toList();
    }

    /** In all files of the folder, whatever they hold. */
    List<String> inFiles(Path folder) {
        List<String> found = new ArrayList<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                found.addAll(inFile(file));
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a running server removed since it was listed holds nothing any more. */
    private List<String> inFile(Path file) throws IOException {
        try {
            return inText(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    /** In all columns of all tables; bytes are searched too. */
    List<String> inTables(Connection connection) throws SQLException {
        List<String> found = new ArrayList<>();
        for (String table : tables(connection)) {
            for (Map.Entry<String, String> secret : secrets.entrySet()) {
                if (rows(connection, table, secret.getValue()) > 0) {
                    found.add(secret.getKey() + " in table " + table);
                }
            }
        }
        return found;
    }

    static Collection<String> tables(Connection connection) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select quote_ident(table_name) from information_schema.tables where table_schema = 'public'")) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
        return tables;
    }

    /** A row as text shows its bytes in hexadecimal. */
    private static long rows(Connection connection, String table, String secret) throws SQLException {
        String sql =
                "select count(*) from %s t where strpos(t::text, ?) > 0 or strpos(t::text, ?) > 0".formatted(table);
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, secret);
            select.setString(2, HexFormat.of().formatHex(secret.getBytes(StandardCharsets.UTF_8)));
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }
}
