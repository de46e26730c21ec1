create sequence inbox_id;

-- The payload is what Telegram sent, byte for byte. No index holds state, so that closing a row is a HOT update.
create table inbox_update (
    bot_id bigint not null,
    inbox_id bigint not null default nextval('inbox_id'),
    channel text not null,
    external_id text not null,
    dedupe_key text,
    kind text not null,
    queue_key text not null,
    chat_id bigint,
    user_id bigint,
    state text not null default 'PENDING',
    attempts smallint not null default 0,
    marks smallint not null default 0,
    reason text,
    accepted_at timestamptz not null default now(),
    expires_at timestamptz not null,
    finished_at timestamptz,
    payload bytea not null,
    primary key (bot_id, inbox_id),
    constraint inbox_update_external_id_unique unique (bot_id, channel, external_id)
) with (fillfactor = 60);

create unique index inbox_update_dedupe_key on inbox_update (bot_id, channel, dedupe_key) where dedupe_key is not null;
create index inbox_update_accepted_at on inbox_update using brin (accepted_at);
