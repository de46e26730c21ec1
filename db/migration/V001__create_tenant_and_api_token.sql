-- Tables are made by the owner; the application only reads and writes rows.
alter default privileges in schema public grant select, insert, update, delete on tables to "${application_role}";
alter default privileges in schema public grant usage, select on sequences to "${application_role}";

create table tenant (
    tenant_id uuid primary key,
    name text not null,
    created_at timestamptz not null default now(),
    constraint tenant_name_unique unique (name)
);

-- The one row exists from the first start; used_at tells whether the one-time secret was spent.
create table bootstrap (
    only_row boolean primary key default true check (only_row),
    secret_hash bytea not null,
    created_at timestamptz not null default now(),
    used_at timestamptz
);

create table operator (
    operator_id uuid primary key,
    username text not null,
    password_hash text not null,
    created_at timestamptz not null default now(),
    constraint operator_username_unique unique (username)
);

-- Only the SHA-256 of a token is kept: a token is 256 random bits, so a slow hash would add nothing.
create table api_token (
    token_hash bytea primary key,
    operator_id uuid not null references operator on delete cascade,
    created_at timestamptz not null default now(),
    expires_at timestamptz not null
);
