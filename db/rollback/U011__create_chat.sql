drop table chat;
