-- When the channel was told that a pressed button was noticed: set once, by whoever writes that call.
alter table inbox_update add column acknowledged_at timestamptz;
