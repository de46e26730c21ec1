drop table dead_letter_job_item;
drop table dead_letter_job;
drop sequence dead_letter_job_id;
