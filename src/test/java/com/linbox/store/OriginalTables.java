package com.linbox.store;

import java.util.List;

/** What a database of the original LINBOX looks like. */
final class OriginalTables {

    private OriginalTables() {}

    /** Types, keys, character sets and defaults as installations have them; of profile's columns one of each kind. */
    static final List<String> MYSQL = List.of("""
            CREATE TABLE `im_session_message` (
              `RId` BIGINT(20) NOT NULL COMMENT 'rid',
              `SessionId` VARCHAR(32) NOT NULL,
              `FromUserID` BIGINT(20) NOT NULL,
              `ToUserID` BIGINT(20) NOT NULL,
              `MsgID` BIGINT(20) NOT NULL,
              `MimeType` VARCHAR(64) NOT NULL,
              `Content` VARCHAR(500) DEFAULT NULL,
              `SendTime` BIGINT(20) NOT NULL,
              `Created` BIGINT(20) NOT NULL,
              UNIQUE KEY `session_msg` (`SessionId`, `MsgID`)
            ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4""", """
            CREATE TABLE `im_group_message` (
              `RId` BIGINT(20) NOT NULL,
              `GroupId` VARCHAR(32) NOT NULL,
              `FromUserID` BIGINT(20) NOT NULL,
              `MsgID` BIGINT(20) NOT NULL,
              `MimeType` VARCHAR(64) NOT NULL,
              `Content` VARCHAR(500) DEFAULT NULL,
              `SendTime` BIGINT(20) NOT NULL,
              `Created` BIGINT(20) NOT NULL,
              UNIQUE KEY `group_msg` (`GroupId`, `MsgID`)
            ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4""", """
            CREATE TABLE `group_members` (
              `Id` bigint(20) unsigned NOT NULL AUTO_INCREMENT,
              `GroupId` bigint(20) unsigned NOT NULL,
              `AccountId` bigint(20) unsigned NOT NULL,
              `Role` int(2) DEFAULT '0',
              `Visible` tinyint(1) DEFAULT '1',
              `Created` bigint(20) unsigned NOT NULL,
              `Updated` bigint(20) unsigned NOT NULL,
              PRIMARY KEY (`Id`),
              KEY `group_id` (`GroupId`),
              KEY `account_id` (`AccountId`)
            ) ENGINE=InnoDB AUTO_INCREMENT=555 DEFAULT CHARSET=utf8mb4""", """
            CREATE TABLE `profile` (
              `AccountID` varchar(64) COLLATE utf8_bin NOT NULL,
              `MDTCode` bigint(20) NOT NULL,
              `Birthday` date DEFAULT NULL,
              `Signature` varchar(200) CHARACTER SET utf8mb4 DEFAULT NULL,
              `RealName` varchar(100) CHARACTER SET utf8mb4 DEFAULT NULL,
              `NickName` varchar(100) CHARACTER SET utf8mb4 DEFAULT NULL,
              `Status` int(2) DEFAULT '0',
              `Avatar` varchar(50) COLLATE utf8_bin DEFAULT NULL,
              `Created` timestamp NULL DEFAULT CURRENT_TIMESTAMP,
              `City` varchar(50) CHARACTER SET utf8mb4 DEFAULT '0',
              PRIMARY KEY (`AccountID`),
              UNIQUE KEY `MDTCode_UNIQUE123` (`MDTCode`),
              UNIQUE KEY `AccountID_UNIQUE` (`AccountID`)
            ) ENGINE=InnoDB DEFAULT CHARSET=utf8 COLLATE=utf8_bin ROW_FORMAT=COMPACT""");

    /** The nearest that H2 has. */
    static final List<String> H2 = List.of("""
            CREATE TABLE im_session_message (
              RId BIGINT NOT NULL, SessionId VARCHAR(32) NOT NULL, FromUserID BIGINT NOT NULL, ToUserID BIGINT NOT NULL,
              MsgID BIGINT NOT NULL, MimeType VARCHAR(64) NOT NULL, Content VARCHAR(500) DEFAULT NULL,
              SendTime BIGINT NOT NULL, Created BIGINT NOT NULL,
              CONSTRAINT session_msg UNIQUE (SessionId, MsgID))""", """
            CREATE TABLE im_group_message (
              RId BIGINT NOT NULL, GroupId VARCHAR(32) NOT NULL, FromUserID BIGINT NOT NULL, MsgID BIGINT NOT NULL,
              MimeType VARCHAR(64) NOT NULL, Content VARCHAR(500) DEFAULT NULL, SendTime BIGINT NOT NULL,
              Created BIGINT NOT NULL,
              CONSTRAINT group_msg UNIQUE (GroupId, MsgID))""", """
            CREATE TABLE group_members (
              Id BIGINT NOT NULL AUTO_INCREMENT, GroupId BIGINT NOT NULL, AccountId BIGINT NOT NULL, Role INT DEFAULT 0,
              Visible TINYINT DEFAULT 1, Created BIGINT NOT NULL, Updated BIGINT NOT NULL, PRIMARY KEY (Id))""", """
            CREATE TABLE profile (
              AccountID VARCHAR(64) NOT NULL, MDTCode BIGINT NOT NULL UNIQUE, RealName VARCHAR(100),
              NickName VARCHAR(100), Status INT DEFAULT 0, Avatar VARCHAR(50), City VARCHAR(50), PRIMARY KEY (AccountID))""");
}
