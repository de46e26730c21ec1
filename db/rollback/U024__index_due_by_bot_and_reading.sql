drop index due_bot_handed;
