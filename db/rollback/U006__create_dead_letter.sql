drop table dead_letter;
drop sequence dead_letter_id;
