drop table bot_lease;
drop table bot_setting;
drop table bot;
drop table node;
