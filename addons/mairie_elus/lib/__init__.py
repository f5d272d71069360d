"""Rules of law of the council, in pure Python: no Odoo, no clock, no file."""
