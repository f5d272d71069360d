"""A time stamp authority for tests: that of the whole suite."""

from odoo.addons.mairie_base.tests.fake_tsa import (  # noqa: F401
    Authority,
    ExtendedKeyUsageOID,
)
