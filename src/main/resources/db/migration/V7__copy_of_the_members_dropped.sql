-- The end of what V5 began.

DROP TABLE IF EXISTS group_members_copy;
