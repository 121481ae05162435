-- The end of what V2 began; and profile, whose rows and further columns stay as they are: only what LINBOX itself reads
-- there is made fit for any Unicode, and an avatar may be a URL.

DROP TABLE IF EXISTS im_session_message_copy;
DROP TABLE IF EXISTS im_group_message_copy;
DROP TABLE IF EXISTS group_members_copy;

-- (H2 knows one character set and reads the /*! */ as comments.)
ALTER TABLE profile MODIFY COLUMN AccountID VARCHAR(64) /*! CHARACTER SET utf8mb4 COLLATE utf8mb4_bin */ NOT NULL;
ALTER TABLE profile MODIFY COLUMN Avatar VARCHAR(255) /*! CHARACTER SET utf8mb4 COLLATE utf8mb4_bin */ DEFAULT NULL;
