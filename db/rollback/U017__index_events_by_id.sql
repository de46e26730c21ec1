drop index event_newest;
