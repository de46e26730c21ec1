alter table outbox_message set (fillfactor = 60);
alter table inbox_update set (fillfactor = 60);
