package io.holdfast.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Everything that migrations can leave in the public schema, one line each, in a stable order. */
final class SchemaDump {
    private static final List<String> QUERIES = List.of("""
            select 'table ' || c.relname || ' kind ' || c.relkind::text || ' options ' || coalesce(c.reloptions::text, '')
                   || ' rights ' || coalesce(c.relacl::text, '')
            from pg_class c where c.relnamespace = 'public'::regnamespace order by 1""", """
            select 'column ' || c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
                   || ' not null ' || a.attnotnull || ' default ' || coalesce(pg_get_expr(d.adbin, d.adrelid), '')
                   || ' identity ' || a.attidentity::text || ' storage ' || a.attstorage::text
            from pg_attribute a join pg_class c on c.oid = a.attrelid
            left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
            where c.relnamespace = 'public'::regnamespace and a.attnum > 0 and not a.attisdropped order by 1""", """
            select 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
            from pg_constraint where connamespace = 'public'::regnamespace order by 1""", """
            select 'index ' || indexdef from pg_indexes where schemaname = 'public' order by 1""", """
            select 'function ' || oid::regprocedure || ' ' || md5(prosrc)
            from pg_proc where pronamespace = 'public'::regnamespace order by 1""", """
            select 'type ' || typname || ' ' || typtype::text
            from pg_type where typnamespace = 'public'::regnamespace and typelem = 0 order by 1""", """
            select 'trigger ' || tgrelid::regclass || ' ' || pg_get_triggerdef(oid)
            from pg_trigger where not tgisinternal order by 1""", """
            select 'default rights ' || defaclrole::regrole || ' ' || defaclobjtype::text || ' ' || defaclacl::text
            from pg_default_acl order by 1""");

    private SchemaDump() {}

    /** Leaves out the migration tool's own table. */
    static List<String> of(Connection connection) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            for (String query : QUERIES) {
                try (ResultSet rows = statement.executeQuery(query)) {
                    while (rows.next()) {
                        lines.add(rows.getString(1));
                    }
                }
            }
        }
        lines.removeIf(line -> line.contains("flyway_schema_history"));
        return lines;
    }
}
