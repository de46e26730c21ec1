-- Chats and bots that the channel told to wait, for those waits that a restart must keep; chat 0 is the bot as a whole.
create table pause (
    bot_id bigint not null,
    chat_id bigint not null,
    until_at timestamptz not null,
    primary key (bot_id, chat_id)
) with (fillfactor = 70);
