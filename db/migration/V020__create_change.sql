-- What nodes keep in memory was changed: written with the change, read by every node twice a second, removed after ten minutes.
-- xid tells a reader what it may not have seen yet, whatever the order of the commits.
create table change (
    xid xid8 not null default pg_current_xact_id(),
    seq bigint generated always as identity,
    kind text not null,
    key text not null,
    changed_at timestamptz not null default clock_timestamp(),
    primary key (xid, seq)
);
