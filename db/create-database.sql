-- A database for LINBOX on MySQL 8 or MariaDB, and an account with just the rights it needs. Run as an administrator:
--   mysql -u root -p < create-database.sql
-- The tables are made by LINBOX itself when it first starts; see README.md for an account without the right to.

CREATE DATABASE IF NOT EXISTS linbox CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Replace the password, and '%' by the network that the routers are in.
CREATE USER IF NOT EXISTS 'linbox'@'%' IDENTIFIED BY 'change-me';

-- At work.
GRANT SELECT, INSERT, UPDATE, DELETE ON linbox.* TO 'linbox'@'%';

-- For the migrations at start.
GRANT CREATE, ALTER, DROP, INDEX, REFERENCES ON linbox.* TO 'linbox'@'%';
