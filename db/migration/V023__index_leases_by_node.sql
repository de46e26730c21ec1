-- Which bots a node holds, and how many, is asked every few seconds; the column changes only when a bot moves.
create index bot_lease_node on bot_lease (node_id);
