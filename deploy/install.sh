#!/bin/sh
# Create the town's database: the modules named, or all four, in French, no demo data.
set -eu
modules="${*:-mairie_social mairie_elus mairie_rdv mairie_scrutin}"
exec odoo --config=/etc/odoo/odoo.conf \
    --db_host="$HOST" --db_user="$USER" --db_password="$PASSWORD" \
    --init="$(echo "$modules" | tr ' ' ',')" --load-language=fr_FR \
    --workers=0 --no-http --stop-after-init
