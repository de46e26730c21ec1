drop table inbox_update;
drop sequence inbox_id;
