from odoo import models

from ..lib.mail_subject import Subject


class IrMailServer(models.Model):
    _inherit = "ir.mail_server"

    def _build_email__(self, *args, **kwargs):
        message = super()._build_email__(*args, **kwargs)
        subject = message["Subject"]
        if subject:
            del message["Subject"]
            message["Subject"] = Subject(subject)
        return message
