#!/bin/sh
# Run once by the image of MySQL, for a new data folder: the databases and the account of the Temporal server.
set -eu
mysql --user=root --password="$MYSQL_ROOT_PASSWORD" <<SQL
CREATE DATABASE IF NOT EXISTS temporal CHARACTER SET utf8mb4;
CREATE DATABASE IF NOT EXISTS temporal_visibility CHARACTER SET utf8mb4;
CREATE USER IF NOT EXISTS '$TEMPORAL_DB_USER'@'%' IDENTIFIED BY '$TEMPORAL_DB_PASSWORD';
GRANT ALL ON temporal.* TO '$TEMPORAL_DB_USER'@'%';
GRANT ALL ON temporal_visibility.* TO '$TEMPORAL_DB_USER'@'%';
SQL
