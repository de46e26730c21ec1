-- Every row of these is rewritten once or twice soon after it was inserted. With half of each page left free, all of these
-- rewrites find room beside the old version (HOT), so no index is touched; pages that were written before stay as they are.
alter table inbox_update set (fillfactor = 50);
alter table outbox_message set (fillfactor = 50);
