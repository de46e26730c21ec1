alter table node drop column takes_bots;
