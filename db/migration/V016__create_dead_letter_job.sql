create sequence dead_letter_job_id;

-- Many dead letters replayed or discarded by one request. The letter whose turn it is stands at position done + failed + 1.
create table dead_letter_job (
    job_id bigint primary key default nextval('dead_letter_job_id'),
    action text not null,
    operator text not null,
    reason text,
    even_if_expired boolean not null default false,
    state text not null default 'RUNNING',
    total bigint not null,
    done bigint not null default 0,
    failed bigint not null default 0,
    created_at timestamptz not null default clock_timestamp(),
    next_at timestamptz not null default clock_timestamp(),
    finished_at timestamptz
) with (fillfactor = 50);

create table dead_letter_job_item (
    job_id bigint not null references dead_letter_job on delete cascade,
    position bigint not null,
    bot_id bigint not null,
    dead_letter_id bigint not null,
    failure text,
    primary key (job_id, position)
);
