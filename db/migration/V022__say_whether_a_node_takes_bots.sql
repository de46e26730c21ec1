-- False while a node starts or stops: nobody gives it a bot then.
alter table node add column takes_bots boolean not null default false;
