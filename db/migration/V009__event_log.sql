create sequence event_id;

-- One row per step that mattered; bot 0 is the installation itself. The ordinary way of an update is not here: its own rows tell it.
create table event (
    bot_id bigint not null,
    event_id bigint not null default nextval('event_id'),
    kind text not null,
    inbox_id bigint,
    outbox_id bigint,
    outcome text not null,
    reason text,
    incident text,
    duration_ms bigint,
    occurred_at timestamptz not null default clock_timestamp(),
    primary key (bot_id, event_id)
);

create index event_inbox on event (bot_id, inbox_id) where inbox_id is not null;
create index event_outbox on event (bot_id, outbox_id) where outbox_id is not null;
create index event_occurred_at on event using brin (occurred_at);
