create table node (
    node_id text primary key,
    incarnation uuid not null,
    url text not null,
    started_at timestamptz not null,
    lease_until timestamptz not null,
    stopped_at timestamptz
);

create table bot (
    bot_id bigint primary key,
    tenant_id uuid not null references tenant,
    name text not null,
    username text not null,
    access text not null,
    state text not null,
    intake text not null,
    token_cipher bytea not null,
    route text not null,
    webhook_secret_hash bytea not null,
    created_at timestamptz not null default now(),
    constraint bot_route_unique unique (route)
);
create index bot_tenant on bot (tenant_id, bot_id);

create table bot_setting (
    bot_id bigint not null references bot on delete cascade,
    name text not null,
    value text not null,
    changed_at timestamptz not null default now(),
    primary key (bot_id, name)
);

-- Which node a bot lives on. Every row of a queue at or below its floor is finished, parked or has a due row.
create table bot_lease (
    bot_id bigint primary key references bot on delete cascade,
    node_id text,
    epoch bigint not null default 0,
    inbox_floor bigint not null default 0,
    outbox_floor bigint not null default 0
) with (fillfactor = 50);
