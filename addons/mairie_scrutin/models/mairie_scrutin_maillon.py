from odoo import api, fields, models
from odoo.exceptions import UserError

SEALED = ("tour_id", "seq", "kind", "res_id", "payload", "hash", "create_date")


class MairieScrutinMaillon(models.Model):
    """One link of the chain of a round: what was written, and its fingerprint.

    Written by ``tools.sealing`` only, after the commit of what it is about.
    """

    _name = "mairie.scrutin.maillon"
    _description = "Link of the Chain"
    _order = "tour_id, seq"
    _rec_name = "seq"
    _log_access = False

    tour_id = fields.Many2one(
        "mairie.scrutin.tour", "Round", required=True, ondelete="restrict"
    )
    seq = fields.Integer("Link", required=True)
    kind = fields.Selection(
        [
            ("entete", "Election"),
            ("listes", "Lists"),
            ("bureaux", "Stations"),
            ("saisie", "Entry"),
            ("participation", "Turnout"),
            ("journal", "Journal"),
        ],
        required=True,
    )
    res_id = fields.Integer("Row")
    payload = fields.Text("What It Says", required=True)
    hash = fields.Char("Fingerprint", required=True)
    create_date = fields.Datetime("Linked On", readonly=True)

    _seq_uniq = models.Constraint("UNIQUE(tour_id, seq)", "A chain does not fork.")
    _row_uniq = models.Constraint("UNIQUE(kind, res_id)", "A row is linked once.")
    # the last state of lists and stations is asked for at each sealing
    _state_index = models.Index(
        "(tour_id, kind, seq) WHERE kind IN ('entete', 'listes', 'bureaux')"
    )

    def init(self):
        self.env["mairie.scrutin.journal"]._seal_table(self._table, SEALED)

    @api.model_create_multi
    def create(self, vals_list):
        self._refuse()
        return super().create(vals_list)

    def write(self, vals):
        self._refuse()
        return super().write(vals)

    def _refuse(self):
        raise UserError(self.env._("The chain is written by the software only."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A line of the journal is never deleted."))
