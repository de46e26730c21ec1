-- What must happen later or elsewhere. Whoever reads a row sets handed_at; whoever finishes the work deletes the row.
create table due (
    bot_id bigint not null,
    kind text not null,
    ref bigint not null,
    due_at timestamptz not null,
    handed_at timestamptz,
    primary key (bot_id, kind, ref)
) with (fillfactor = 70);

create index due_due_at on due (due_at);
