#!/bin/sh
# Tell whether a town is whole: every file against its checksum, every sealed record.
#
#   mairie-check [DATABASE]
#
# ODOO names another program than `odoo`, DB_OPTIONS where its database is: by default
# what odoo.conf says, and in the container what its environment says.
set -eu
: "${DB_OPTIONS:=-c /etc/odoo/odoo.conf ${HOST:+--db_host=$HOST --db_user=$USER --db_password=$PASSWORD}}"
# shellcheck disable=SC2086
${ODOO:-odoo} shell $DB_OPTIONS --no-http -d "${1:-mairie}" <<'END'
faults = env["mairie.integrity"]._get_faults()
print("\n".join(f"check: {fault}" for fault in faults) or "check: whole")
raise SystemExit(bool(faults))
END
