-- The forms in which the message was tried already, and what is sent after it is delivered, part by part.
alter table outbox_message add column amended text[];
alter table outbox_message add column rest bytea[];
-- When nobody knew for the first time whether it had arrived.
alter table outbox_message add column uncertain_at timestamptz;
-- When Telegram is next asked whether it takes the token of a suspended bot, and how often it was asked.
alter table bot add column check_at timestamptz;
alter table bot add column checks smallint not null default 0;
