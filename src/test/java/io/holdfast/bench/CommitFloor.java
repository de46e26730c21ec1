package io.holdfast.bench;

import io.holdfast.testkit.LocalDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;

/**
 * What pgbench would tell, which the embedded PostgreSQL does not bring: eight connections that commit as fast as they can, on
 * tables without anything that the work does not need.
 */
final class CommitFloor implements AutoCloseable {
    private static final int CONNECTIONS = 8;
    private static final int CHATS = 250;

    private final Subject subject;

    /** One transaction of one connection; the number rises by one each time. */
    @FunctionalInterface
    private interface Work {
        void transact(List<PreparedStatement> prepared, long connection, long number) throws SQLException;
    }

    CommitFloor(Subject subject) {
        this.subject = subject;
        database()
                .execute(
                        "create table bench.single (id bigserial primary key, payload bytea not null)",
                        "create table bench.inbox (bot bigint, id bigint, state text, payload bytea, primary key (bot, id)) with (fillfactor = 60)",
                        "create table bench.state (bot bigint, chat bigint, version bigint, body bytea, primary key (bot, chat)) with (fillfactor = 60)",
                        "create table bench.outbox (bot bigint, id bigserial, payload bytea, primary key (bot, id))",
                        "insert into bench.inbox select b, i, 'PENDING', decode(repeat('ab', 400), 'hex') from generate_series(0, 7) b, generate_series(1, 100000) i",
                        "insert into bench.state select b, c, 0, '{}' from generate_series(0, 7) b, generate_series(0, 249) c",
                        "vacuum analyze bench.inbox",
                        "vacuum analyze bench.state");
    }

    private LocalDatabase database() {
        return subject.installation().database();
    }

    /** One row of 400 bytes for each commit. */
    Floors.Rate rows(Duration length) throws InterruptedException {
        List<String> statements = List.of("insert into bench.single (payload) values (?)");
        return measure(length, statements, (prepared, connection, number) -> {
            prepared.getFirst().setBytes(1, new byte[400]);
            prepared.getFirst().executeUpdate();
        });
    }

    /** Claim, read the state, write it, insert a message. */
    Floors.Rate turns(Duration length) throws InterruptedException {
        List<String> statements = List.of(
                "update bench.inbox set state = 'DONE' where bot = ? and id = ? and state = 'PENDING'",
                "select version, body from bench.state where bot = ? and chat = ?",
                "insert into bench.state values (?, ?, ?, ?) on conflict (bot, chat) do update set version = excluded.version, body = excluded.body",
                "insert into bench.outbox (bot, payload) values (?, ?) returning id");
        return measure(length, statements, (prepared, connection, number) -> {
            set(prepared.get(0), connection, number).executeUpdate();
            set(prepared.get(1), connection, number % CHATS).executeQuery().close();
            PreparedStatement write = set(prepared.get(2), connection, number % CHATS);
            write.setLong(3, number);
            write.setBytes(4, new byte[20]);
            write.executeUpdate();
            prepared.get(3).setLong(1, connection);
            prepared.get(3).setBytes(2, new byte[60]);
            prepared.get(3).executeQuery().close();
        });
    }

    private static PreparedStatement set(PreparedStatement statement, long first, long second) throws SQLException {
        statement.setLong(1, first);
        statement.setLong(2, second);
        return statement;
    }

    private Floors.Rate measure(Duration length, List<String> statements, Work work) throws InterruptedException {
        LongAdder done = new LongAdder();
        Duration warmUp = length.dividedBy(4);
        long end = System.nanoTime() + length.plus(warmUp).plusMillis(200).toNanos();
        try (ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS)) {
            for (int i = 0; i < CONNECTIONS; i++) {
                int connection = i;
                threads.execute(() -> commit(statements, work, connection, end, done));
            }
            Bench.pass(warmUp);
            Reading.Window window = subject.watch(done::sum, length);
            return new Floors.Rate(window.perSecond(), window.processor().database() / window.answered() * 1000);
        }
    }

    private void commit(List<String> statements, Work work, int number, long end, LongAdder done) {
        try (Connection connection = database().connect()) {
            connection.setAutoCommit(false);
            List<PreparedStatement> prepared = new ArrayList<>();
            for (String statement : statements) {
                prepared.add(connection.prepareStatement(statement));
            }
            for (long i = 1; System.nanoTime() - end < 0; i++) {
                work.transact(prepared, number, i);
                connection.commit();
                done.increment();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        database().execute("drop table bench.single, bench.inbox, bench.state, bench.outbox");
    }
}
