create sequence dead_letter_id;

create table dead_letter (
    bot_id bigint not null,
    dead_letter_id bigint not null default nextval('dead_letter_id'),
    queue text not null,
    ref bigint,
    priority text not null,
    owner text not null,
    reason text not null,
    detail text,
    payload bytea,
    payload_size bigint,
    parked_at timestamptz not null default now(),
    primary key (bot_id, dead_letter_id)
);

-- A redelivered body that cannot be stored as an update is parked once.
create unique index dead_letter_ref on dead_letter (bot_id, queue, ref) where ref is not null;
