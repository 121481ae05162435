-- Our tables, filled from V2's copies. See V2 for why each statement may be run again.
--
-- The primary keys cluster a conversation's messages in order, so that a pull is one range read and the newest message one
-- step from the range's end. The second keys are the fence against storing a message twice. A SessionId is two ids of up
-- to 19 digits and a '_', compared byte for byte. MEDIUMTEXT (16 MiB) rather than TEXT (64 KiB) costs one byte a row and
-- leaves the limit of a message's content to LINBOX's own settings.

-- (No warning of MySQL's that a table is there or is not; H2 reads a comment.)
/*!50003 SET sql_notes = 0 */;

DROP TABLE IF EXISTS im_session_message;
CREATE TABLE im_session_message (
    SessionId  VARCHAR(39)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    MsgID      BIGINT       NOT NULL,
    FromUserID BIGINT       NOT NULL,
    ToUserID   BIGINT       NOT NULL,
    RId        BIGINT       NOT NULL,
    MimeType   VARCHAR(255) NOT NULL,
    Content    MEDIUMTEXT   NOT NULL,
    SendTime   BIGINT       NOT NULL,
    Created    BIGINT       NOT NULL,
    PRIMARY KEY (SessionId, MsgID),
    CONSTRAINT session_request UNIQUE (SessionId, FromUserID, RId)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

INSERT INTO im_session_message
    (SessionId, MsgID, FromUserID, ToUserID, RId, MimeType, Content, SendTime, Created)
SELECT SessionId, MsgID, FromUserID, ToUserID, RId, MimeType, Content, SendTime, Created
FROM im_session_message_copy;

DROP TABLE IF EXISTS im_group_message;
CREATE TABLE im_group_message (
    GroupId    BIGINT       NOT NULL,
    MsgID      BIGINT       NOT NULL,
    FromUserID BIGINT       NOT NULL,
    RId        BIGINT       NOT NULL,
    MimeType   VARCHAR(255) NOT NULL,
    Content    MEDIUMTEXT   NOT NULL,
    SendTime   BIGINT       NOT NULL,
    Created    BIGINT       NOT NULL,
    PRIMARY KEY (GroupId, MsgID),
    CONSTRAINT group_request UNIQUE (GroupId, FromUserID, RId)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

INSERT INTO im_group_message
    (GroupId, MsgID, FromUserID, RId, MimeType, Content, SendTime, Created)
SELECT GroupId, MsgID, FromUserID, RId, MimeType, Content, SendTime, Created
FROM im_group_message_copy;

DROP TABLE IF EXISTS group_members;
CREATE TABLE group_members (
    Id        BIGINT  NOT NULL AUTO_INCREMENT,
    GroupId   BIGINT  NOT NULL,
    AccountId BIGINT  NOT NULL,
    Role      INT     NOT NULL DEFAULT 0,
    Visible   TINYINT NOT NULL DEFAULT 1,
    Created   BIGINT  NOT NULL,
    Updated   BIGINT  NOT NULL,
    PRIMARY KEY (Id),
    CONSTRAINT group_member UNIQUE (GroupId, AccountId)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
CREATE INDEX member_groups ON group_members (AccountId);

INSERT INTO group_members (Id, GroupId, AccountId, Role, Visible, Created, Updated)
SELECT Id, GroupId, AccountId, Role, Visible, Created, Updated
FROM group_members_copy;
