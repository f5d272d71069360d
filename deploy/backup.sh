#!/bin/sh
# Save a town: its database and its files in one archive, with the archive's fingerprint.
#
#   mairie-backup FOLDER [DATABASE]
#
# Archives of that database older than KEEP_DAYS (30) days are deleted once the new one
# is whole.
#
# ODOO names another program than `odoo`, DB_OPTIONS where its database is: by default
# what odoo.conf says, and in the container what its environment says.
set -eu
: "${DB_OPTIONS:=-c /etc/odoo/odoo.conf ${HOST:+--db_host=$HOST --db_user=$USER --db_password=$PASSWORD}}"
if [ $# -lt 1 ] || [ ! -d "$1" ]; then
    echo "Usage: mairie-backup FOLDER [DATABASE]; the folder must exist." >&2
    exit 2
fi
folder=$1
database=${2:-mairie}
archive=$database-$(date +%Y%m%d-%H%M%S).zip

# An interrupted one never passes for a backup: it gets its name at the end.
trap 'rm -f "$folder/$archive.part"' EXIT
# shellcheck disable=SC2086
${ODOO:-odoo} db $DB_OPTIONS dump "$database" "$folder/$archive.part" >&2
test -s "$folder/$archive.part"
mv "$folder/$archive.part" "$folder/$archive"
(cd "$folder" && sha256sum "$archive" > "$archive.sha256")
find "$folder" -maxdepth 1 -name "$database-*.zip*" -mtime "+${KEEP_DAYS:-30}" -delete
echo "$folder/$archive"
