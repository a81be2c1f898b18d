#!/bin/sh
# Brings both databases of the Temporal server to the schema of this version of its tools; a new database gets its first one.
set -eu
schemas=/etc/temporal/schema/mysql/v8
update() {
  tool="temporal-sql-tool --plugin mysql8 --ep $MYSQL_SEEDS --port $DB_PORT --user $MYSQL_USER --db $1"
  export SQL_PASSWORD="$MYSQL_PWD"
  $tool update-schema --schema-dir "$schemas/$2/versioned" || {
    $tool setup-schema --version 0.0
    $tool update-schema --schema-dir "$schemas/$2/versioned"
  }
}
update "$DBNAME" temporal
update "$VISIBILITY_DBNAME" visibility
