package io.holdfast.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.testkit.LocalDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MigrationIT {
    private static final Path MIGRATIONS = Path.of("db", "migration");
    private static final Path ROLLBACKS = Path.of("db", "rollback");

    private LocalDatabase database;

    @BeforeEach
    void start() {
        database = LocalDatabase.startTemporary();
    }

    @AfterEach
    void stop() {
        database.close();
    }

    @Test
    void up_down_and_up_again_leave_the_same_schema() throws IOException, SQLException {
        List<String> empty = dump();
        int count = flyway().migrate().migrationsExecuted;
        List<String> up = dump();
        assertThat(count).isEqualTo(files(MIGRATIONS, "V").size());
        assertThat(up).hasSizeGreaterThan(empty.size() + 50);

        rollBackAll();
        assertThat(dump()).isEqualTo(empty);

        forgetHistory();
        assertThat(flyway().migrate().migrationsExecuted).isEqualTo(count);
        assertThat(dump()).isEqualTo(up);
    }

    @Test
    void each_single_step_back_undoes_its_migration_alone() throws IOException, SQLException {
        List<Path> migrations = files(MIGRATIONS, "V");
        List<Path> rollbacks = files(ROLLBACKS, "U");
        for (int i = 0; i < migrations.size(); i++) {
            List<String> before = dump();
            String version = version(migrations.get(i));
            flywayTo(version).migrate();
            run(rollbacks.get(i));
            assertThat(dump()).as("after the way back of %s", version).isEqualTo(before);
            forgetLast(version);
            flywayTo(version).migrate();
        }
    }

    @Test
    void each_migration_has_its_way_back_under_the_same_name() throws IOException {
        List<String> migrations = new ArrayList<>();
        files(MIGRATIONS, "V").forEach(file -> migrations.add(name(file)));
        List<String> rollbacks = new ArrayList<>();
        files(ROLLBACKS, "U").forEach(file -> rollbacks.add(name(file)));
        assertThat(migrations).isNotEmpty().isEqualTo(rollbacks);
    }

    @Test
    void the_application_may_read_and_write_rows_and_change_no_table() throws SQLException {
        flyway().migrate();
        try (Connection connection = database.connectAsApplication();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                        select count(*) filter (where has_table_privilege(oid, 'select, insert, update, delete')),
                               count(*) filter (where has_table_privilege(oid, 'truncate'))
                        from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'""")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getInt(1)).isGreaterThan(8);
            assertThat(rows.getInt(2)).isZero();
        }
    }

    private Flyway flyway() {
        return flywayTo("latest");
    }

    private Flyway flywayTo(String version) {
        return Flyway.configure()
                .dataSource(database.url(), LocalDatabase.OWNER, database.ownerPassword())
                .locations("filesystem:" + MIGRATIONS)
                .failOnMissingLocations(true)
                .placeholders(Map.of("application_role", LocalDatabase.APPLICATION))
                .target(version)
                .load();
    }

    private void rollBackAll() throws IOException, SQLException {
        for (Path file : files(ROLLBACKS, "U").reversed()) {
            run(file);
        }
    }

    /** As db/README.md says: psql with the role as a variable. */
    private void run(Path file) throws IOException, SQLException {
        String sql = Files.readString(file).replace("${application_role}", LocalDatabase.APPLICATION);
        try (Connection connection = database.connectAsOwner();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void forgetHistory() {
        database.execute("drop table flyway_schema_history");
    }

    private void forgetLast(String version) {
        database.execute("delete from flyway_schema_history where version = '%s'".formatted(version));
    }

    private List<String> dump() throws SQLException {
        try (Connection connection = database.connect()) {
            return SchemaDump.of(connection);
        }
    }

    private static List<Path> files(Path folder, String prefix) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches(prefix + "\\d+__.*\\.sql"))
                    .sorted(Comparator.comparing(file -> file.getFileName().toString()))
                    .toList();
        }
    }

    private static String version(Path file) {
        return file.getFileName().toString().replaceAll("^[VU](\\d+)__.*", "$1");
    }

    private static String name(Path file) {
        return file.getFileName().toString().substring(1);
    }
}
