-- The four tables as the original LINBOX has them. Where its database is there, nothing happens here (and Flyway, told
-- to take over at version 0, goes on with V2); elsewhere this is the common ground that V2 starts from.
--
-- One difference: what the original declares UNIQUE KEY (SessionId, MsgID) and (GroupId, MsgID) is called PRIMARY KEY,
-- because managed MySQL and group replication refuse tables without one. InnoDB clusters both alike.

-- (No warning of MySQL's that a table is there or is not; H2 reads a comment.)
/*!50003 SET sql_notes = 0 */;

CREATE TABLE IF NOT EXISTS im_session_message (
    RId        BIGINT      NOT NULL,
    SessionId  VARCHAR(32) NOT NULL,
    FromUserID BIGINT      NOT NULL,
    ToUserID   BIGINT      NOT NULL,
    MsgID      BIGINT      NOT NULL,
    MimeType   VARCHAR(64) NOT NULL,
    Content    VARCHAR(500) DEFAULT NULL,
    SendTime   BIGINT      NOT NULL,
    Created    BIGINT      NOT NULL,
    PRIMARY KEY (SessionId, MsgID)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4;

CREATE TABLE IF NOT EXISTS im_group_message (
    RId        BIGINT      NOT NULL,
    GroupId    VARCHAR(32) NOT NULL,
    FromUserID BIGINT      NOT NULL,
    MsgID      BIGINT      NOT NULL,
    MimeType   VARCHAR(64) NOT NULL,
    Content    VARCHAR(500) DEFAULT NULL,
    SendTime   BIGINT      NOT NULL,
    Created    BIGINT      NOT NULL,
    PRIMARY KEY (GroupId, MsgID)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4;

CREATE TABLE IF NOT EXISTS group_members (
    Id        BIGINT  NOT NULL AUTO_INCREMENT,
    GroupId   BIGINT  NOT NULL,
    AccountId BIGINT  NOT NULL,
    Role      INT     DEFAULT 0,
    Visible   TINYINT DEFAULT 1,
    Created   BIGINT  NOT NULL,
    Updated   BIGINT  NOT NULL,
    PRIMARY KEY (Id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4;

-- The original's has some thirty columns more, of the product it was written for. They stay where they are, and nobody
-- else needs them.
CREATE TABLE IF NOT EXISTS profile (
    AccountID VARCHAR(64)  NOT NULL,
    NickName  VARCHAR(100) DEFAULT NULL,
    RealName  VARCHAR(100) DEFAULT NULL,
    Avatar    VARCHAR(50)  DEFAULT NULL,
    Status    INT          DEFAULT 0,
    PRIMARY KEY (AccountID)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
