alter table inbox_update drop column acknowledged_at;
