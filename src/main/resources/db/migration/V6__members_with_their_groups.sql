-- group_members as groups need it, filled from V5's copy. See V5 for why each statement may be run again.
--
-- The primary key is what a router reads a group by: the rows of 100,000 members lie side by side, and reading them is one
-- range, where the key Id had them all over the table. Id stays, for whoever knows the table from before, with an index
-- that is not UNIQUE: nothing asks for it, it is never given, and with one unique key alone it is clear what
-- INSERT … ON DUPLICATE KEY UPDATE meets (with a second one MySQL locks its end, and changes of different groups would wait
-- for each other).

-- (No warning of MySQL's that a table is there or is not; H2 reads a comment.)
/*!50003 SET sql_notes = 0 */;

DROP TABLE IF EXISTS group_members;
CREATE TABLE group_members (
    Id           BIGINT       NOT NULL AUTO_INCREMENT,
    GroupId      BIGINT       NOT NULL,
    AccountId    BIGINT       NOT NULL,
    Role         INT          NOT NULL DEFAULT 0,
    Visible      TINYINT      NOT NULL DEFAULT 1,
    Name         VARCHAR(100) DEFAULT NULL,
    Invite       TINYINT      DEFAULT NULL,
    History      TINYINT      DEFAULT NULL,
    Dissolved    TINYINT      NOT NULL DEFAULT 0,
    MutedUntil   BIGINT       NOT NULL DEFAULT 0,
    SinceMsgID   BIGINT       NOT NULL DEFAULT 0,
    ChangedMsgID BIGINT       NOT NULL DEFAULT 0,
    Created      BIGINT       NOT NULL,
    Updated      BIGINT       NOT NULL,
    PRIMARY KEY (GroupId, AccountId),
    INDEX member_id (Id),
    INDEX group_changes (GroupId, ChangedMsgID),
    INDEX groups_of_member (AccountId, Visible, GroupId, SinceMsgID)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

INSERT INTO group_members (Id, GroupId, AccountId, Role, Visible, SinceMsgID, Created, Updated)
SELECT Id, GroupId, AccountId, Role, Visible, SinceMsgID, Created, Updated
FROM group_members_copy;
