#!/bin/sh
# Bring a saved town back into a new database. Nothing is ever overwritten.
#
#   mairie-restore ARCHIVE DATABASE
#
# Scheduled jobs and e-mail servers come back as they were: while you only look, stop
# the town's server or give NEUTRALIZE=1, and nothing leaves.
#
# ODOO names another program than `odoo`, DB_OPTIONS where its database is: by default
# what odoo.conf says, and in the container what its environment says.
set -eu
: "${DB_OPTIONS:=-c /etc/odoo/odoo.conf ${HOST:+--db_host=$HOST --db_user=$USER --db_password=$PASSWORD}}"
if [ $# -ne 2 ] || [ ! -f "$1" ]; then
    echo "Usage: mairie-restore ARCHIVE DATABASE; the archive must exist." >&2
    exit 2
fi
archive=$1
database=$2
if ! (cd "$(dirname "$archive")" && sha256sum --check --status "$(basename "$archive").sha256"); then
    echo "The archive does not match its fingerprint $archive.sha256: take another one." >&2
    exit 1
fi
# shellcheck disable=SC2086
${ODOO:-odoo} db $DB_OPTIONS load ${NEUTRALIZE:+--neutralize} "$database" "$archive" >&2
echo "Restored into $database. Now check it: mairie-check $database"
