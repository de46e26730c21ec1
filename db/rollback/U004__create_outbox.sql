drop table outbox_message;
drop sequence outbox_id;
