create sequence outbox_id;

create table outbox_message (
    bot_id bigint not null,
    outbox_id bigint not null default nextval('outbox_id'),
    inbox_id bigint,
    chat_id bigint,
    class text not null,
    method text not null,
    state text not null default 'PENDING',
    attempts smallint not null default 0,
    created_at timestamptz not null default now(),
    due_at timestamptz,
    deadline_at timestamptz not null,
    sending_at timestamptz,
    finished_at timestamptz,
    channel_message_id bigint,
    outcome text,
    reason text,
    payload bytea not null,
    primary key (bot_id, outbox_id)
) with (fillfactor = 60);

create index outbox_message_inbox on outbox_message (bot_id, inbox_id);
create index outbox_message_created_at on outbox_message using brin (created_at);
