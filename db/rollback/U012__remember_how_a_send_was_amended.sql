alter table bot drop column checks;
alter table bot drop column check_at;
alter table outbox_message drop column uncertain_at;
alter table outbox_message drop column rest;
alter table outbox_message drop column amended;
