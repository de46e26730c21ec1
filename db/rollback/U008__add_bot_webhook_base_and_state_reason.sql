alter table bot drop column state_reason;
alter table bot drop column webhook_base;
