-- The public URL that the bot's webhook was last set under, so that a start asks Telegram only about bots where it differs.
alter table bot add column webhook_base text;
-- Why the bot is in its state, where the state alone does not say.
alter table bot add column state_reason text;
