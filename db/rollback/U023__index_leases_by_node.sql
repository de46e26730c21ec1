drop index bot_lease_node;
