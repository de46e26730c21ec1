drop table chat_state;
