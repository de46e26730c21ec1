-- Typed JSON that commands keep per chat; version rises by one with each write.
create table chat_state (
    bot_id bigint not null,
    chat_id bigint not null,
    name text not null,
    version bigint not null,
    body bytea not null,
    changed_at timestamptz not null default now(),
    primary key (bot_id, chat_id, name),
    constraint chat_state_size check (octet_length(body) <= 16384)
) with (fillfactor = 60);
