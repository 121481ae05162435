-- Groups get what they need for more than a list of names: V5 copies the members into a table beside, V6 makes
-- group_members anew from the copy, V7 drops the copy. Three scripts for the reason that V2 to V4 are three: each can be
-- run again from its first line after a crash at any of its statements. (One ALTER TABLE would be atomic, but a crash
-- between it and Flyway's note of it would need a hand: MySQL cannot say "add the column if it is not there".)
--
-- Who is a member of an original's group has its messages up to now behind them: unread is counted from here on.

-- (No warning of MySQL's that a table is there or is not; H2 reads a comment.)
/*!50003 SET sql_notes = 0 */;

DROP TABLE IF EXISTS group_members_copy;
CREATE TABLE group_members_copy (
    Id         BIGINT  NOT NULL,
    GroupId    BIGINT  NOT NULL,
    AccountId  BIGINT  NOT NULL,
    Role       INT     NOT NULL,
    Visible    TINYINT NOT NULL,
    SinceMsgID BIGINT  NOT NULL,
    Created    BIGINT  NOT NULL,
    Updated    BIGINT  NOT NULL,
    PRIMARY KEY (GroupId, AccountId)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

INSERT INTO group_members_copy (Id, GroupId, AccountId, Role, Visible, SinceMsgID, Created, Updated)
SELECT m.Id, m.GroupId, m.AccountId, m.Role, m.Visible, COALESCE(newest.MsgID, 0), m.Created, m.Updated
FROM group_members m
LEFT JOIN (SELECT GroupId, MAX(MsgID) AS MsgID FROM im_group_message GROUP BY GroupId) newest
    ON newest.GroupId = m.GroupId;
