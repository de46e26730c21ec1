-- Which node does a work of the whole installation, until when unless it goes on.
create table job_lease (
    job text primary key,
    node_id text not null,
    lease_until timestamptz not null
) with (fillfactor = 50);
