-- Chats with which something is the matter; an ordinary chat has no row.
create table chat (
    bot_id bigint not null,
    chat_id bigint not null,
    unreachable_at timestamptz,
    reason text,
    migrated_to bigint,
    primary key (bot_id, chat_id)
);
