drop table event;
drop sequence event_id;
