-- From the original's shape to ours, V2 to V4: V2 copies every row into a table beside (*_copy), put right; V3 makes the
-- tables anew from the copies; V4 drops the copies. Each of the three can be run again from its first line after a crash
-- at any of its statements, because the table it reads from stands until the next one is through. (Renaming would save the
-- second copying, but MySQL commits each DDL statement by itself and cannot say "rename if it is there": a crash between
-- a rename and Flyway's note of it would need a hand.)
--
-- The original promised less than we do, so its rows can break our keys:
-- * A conversation in which msg_ids are missing, below 1 or taken twice is numbered anew from its lowest id, in the order
--   of the old ids and then of time. Every other conversation keeps its ids, gaps included: clients know them.
-- * Of several rows with one (conversation, sender, RId) the first keeps its RId; a later one gets a negative one below
--   all of that sender's in that conversation, which no client ever sends again.
-- * A missing content or type is an empty text.
-- * Of several memberships of one account in one group, the one last updated stays.
-- Nothing else is dropped. A GroupId that is not a number, or a SessionId with other than ASCII letters, stops the
-- migration with the database's error and leaves the original's tables as they were.

-- (No warning of MySQL's that a table is there or is not; H2 reads a comment.)
/*!50003 SET sql_notes = 0 */;

DROP TABLE IF EXISTS im_session_message_copy;
CREATE TABLE im_session_message_copy (
    SessionId  VARCHAR(39)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    MsgID      BIGINT       NOT NULL,
    FromUserID BIGINT       NOT NULL,
    ToUserID   BIGINT       NOT NULL,
    RId        BIGINT       NOT NULL,
    MimeType   VARCHAR(255) NOT NULL,
    Content    MEDIUMTEXT   NOT NULL,
    SendTime   BIGINT       NOT NULL,
    Created    BIGINT       NOT NULL,
    PRIMARY KEY (SessionId, MsgID)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

INSERT INTO im_session_message_copy
    (SessionId, MsgID, FromUserID, ToUserID, RId, MimeType, Content, SendTime, Created)
SELECT SessionId, Place, FromUserID, ToUserID,
       CASE WHEN RId IS NOT NULL AND Nth = 1 THEN RId ELSE LowestRId - Place END,
       COALESCE(MimeType, ''), COALESCE(Content, ''), COALESCE(SendTime, Created, 0), COALESCE(Created, SendTime, 0)
FROM (
    SELECT placed.*,
           ROW_NUMBER() OVER (PARTITION BY SessionId, FromUserID, RId ORDER BY Place) AS Nth,
           CASE WHEN MIN(RId) OVER (PARTITION BY SessionId, FromUserID) < 0
                THEN MIN(RId) OVER (PARTITION BY SessionId, FromUserID) ELSE 0 END AS LowestRId
    FROM (
        SELECT counted.*,
               CASE WHEN MAX(Taken) OVER (PARTITION BY SessionId) > 1 OR MIN(Number) OVER (PARTITION BY SessionId) < 1
                    THEN Seq - 1 + CASE WHEN MIN(MsgID) OVER (PARTITION BY SessionId) > 1
                                        THEN MIN(MsgID) OVER (PARTITION BY SessionId) ELSE 1 END
                    ELSE MsgID END AS Place
        FROM (
            SELECT m.*,
                   COALESCE(MsgID, 0) AS Number,
                   ROW_NUMBER() OVER (PARTITION BY SessionId, MsgID ORDER BY SendTime, RId, FromUserID) AS Taken,
                   ROW_NUMBER() OVER (PARTITION BY SessionId
                                      ORDER BY CASE WHEN MsgID IS NULL THEN 1 ELSE 0 END, MsgID, SendTime, RId, FromUserID) AS Seq
            FROM im_session_message m
        ) counted
    ) placed
) numbered;

DROP TABLE IF EXISTS im_group_message_copy;
CREATE TABLE im_group_message_copy (
    GroupId    BIGINT       NOT NULL,
    MsgID      BIGINT       NOT NULL,
    FromUserID BIGINT       NOT NULL,
    RId        BIGINT       NOT NULL,
    MimeType   VARCHAR(255) NOT NULL,
    Content    MEDIUMTEXT   NOT NULL,
    SendTime   BIGINT       NOT NULL,
    Created    BIGINT       NOT NULL,
    PRIMARY KEY (GroupId, MsgID)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

INSERT INTO im_group_message_copy
    (GroupId, MsgID, FromUserID, RId, MimeType, Content, SendTime, Created)
SELECT GroupId, Place, FromUserID,
       CASE WHEN RId IS NOT NULL AND Nth = 1 THEN RId ELSE LowestRId - Place END,
       COALESCE(MimeType, ''), COALESCE(Content, ''), COALESCE(SendTime, Created, 0), COALESCE(Created, SendTime, 0)
FROM (
    SELECT placed.*,
           ROW_NUMBER() OVER (PARTITION BY GroupId, FromUserID, RId ORDER BY Place) AS Nth,
           CASE WHEN MIN(RId) OVER (PARTITION BY GroupId, FromUserID) < 0
                THEN MIN(RId) OVER (PARTITION BY GroupId, FromUserID) ELSE 0 END AS LowestRId
    FROM (
        SELECT counted.*,
               CASE WHEN MAX(Taken) OVER (PARTITION BY GroupId) > 1 OR MIN(Number) OVER (PARTITION BY GroupId) < 1
                    THEN Seq - 1 + CASE WHEN MIN(MsgID) OVER (PARTITION BY GroupId) > 1
                                        THEN MIN(MsgID) OVER (PARTITION BY GroupId) ELSE 1 END
                    ELSE MsgID END AS Place
        FROM (
            SELECT m.*,
                   COALESCE(MsgID, 0) AS Number,
                   ROW_NUMBER() OVER (PARTITION BY GroupId, MsgID ORDER BY SendTime, RId, FromUserID) AS Taken,
                   ROW_NUMBER() OVER (PARTITION BY GroupId
                                      ORDER BY CASE WHEN MsgID IS NULL THEN 1 ELSE 0 END, MsgID, SendTime, RId, FromUserID) AS Seq
            FROM im_group_message m
        ) counted
    ) placed
) numbered;

DROP TABLE IF EXISTS group_members_copy;
CREATE TABLE group_members_copy (
    Id        BIGINT  NOT NULL,
    GroupId   BIGINT  NOT NULL,
    AccountId BIGINT  NOT NULL,
    Role      INT     NOT NULL,
    Visible   TINYINT NOT NULL,
    Created   BIGINT  NOT NULL,
    Updated   BIGINT  NOT NULL,
    PRIMARY KEY (Id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

INSERT INTO group_members_copy (Id, GroupId, AccountId, Role, Visible, Created, Updated)
SELECT Id, GroupId, AccountId, COALESCE(Role, 0), COALESCE(Visible, 1), Created, Updated
FROM (
    SELECT m.*,
           ROW_NUMBER() OVER (PARTITION BY GroupId, AccountId ORDER BY Updated DESC, Id DESC) AS Nth
    FROM group_members m
) newest_first
WHERE Nth = 1;
