"""Time stamps of RFC 3161: the sealed journal of the assemblies asks for them too."""

from odoo.addons.mairie_base.tools.time_stamp import (  # noqa: F401
    Stamp,
    TimeStampError,
    is_pem,
    make_request,
    read_answer,
)
