-- The operators' list over all bots shows the newest first.
create index event_newest on event (event_id);
