-- T1 asks for each update whether others of its bot wait to be read, or were read a moment ago: see InboxStore.
create index due_bot_handed on due (bot_id, handed_at) where kind = 'INBOX';
