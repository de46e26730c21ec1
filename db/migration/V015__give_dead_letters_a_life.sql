-- A dead letter is open until somebody replays or discards it, with deadlines, and whose it was when it was parked. Parked by a
-- server of the version before it has no deadlines. next_alert_at is null when there is nothing left to alert about.
alter table dead_letter
    add column tenant_id uuid,
    add column state text not null default 'OPEN',
    add column triage_at timestamptz,
    add column due_at timestamptz,
    add column next_alert_at timestamptz,
    add column alerted_at timestamptz,
    add column replays int not null default 0,
    add column closed_at timestamptz;

update dead_letter d set tenant_id = b.tenant_id from bot b where b.bot_id = d.bot_id;

-- People name a dead letter by its id alone, and list those of all bots.
create index dead_letter_id_alone on dead_letter (dead_letter_id);
create index dead_letter_next_alert_at on dead_letter (next_alert_at) where next_alert_at is not null;
create index dead_letter_parked_at on dead_letter using brin (parked_at);

create sequence dead_letter_step_id;

-- What became of a dead letter, step by step; operator is null where nobody but the server did it.
create table dead_letter_step (
    bot_id bigint not null,
    dead_letter_id bigint not null,
    step_id bigint not null default nextval('dead_letter_step_id'),
    state text not null,
    operator text,
    reason text,
    happened_at timestamptz not null default clock_timestamp(),
    primary key (bot_id, dead_letter_id, step_id),
    foreign key (bot_id, dead_letter_id) references dead_letter on delete cascade
);

-- When somebody was last told that many dead letters of a bot came at once.
create table dead_letter_burst (
    bot_id bigint primary key,
    alerted_at timestamptz not null
);
