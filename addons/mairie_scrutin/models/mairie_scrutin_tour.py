import re
from datetime import datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..lib.embargo import release_time
from ..lib.tally import Limits

PUBLIC_CODE = re.compile(r"[\w.-]+")
DROM = ("971", "972", "973", "974", "976")


class MairieScrutinTour(models.Model):
    """One round of an election: its day, its hours, its stations, its lists."""

    _name = "mairie.scrutin.tour"
    _inherit = ["mairie.scrutin.protected"]
    _description = "Election Round"
    _order = "date desc, numero desc, id desc"
    _rec_names_search = ["scrutin_id.name", "public_code"]
    _protected_fields = (
        "state",
        "proclaimed_date",
        "armed_by_id",
        "armed_date",
        "agreed_by_id",
        "agreed_date",
        "is_rehearsal",
    )

    scrutin_id = fields.Many2one(
        "mairie.scrutin", "Election", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        related="scrutin_id.company_id", store=True, index=True
    )
    regime = fields.Selection(related="scrutin_id.regime")
    numero = fields.Integer("Round", required=True, default=1)
    name = fields.Char(compute="_compute_name")
    date = fields.Date(required=True)
    cloture = fields.Float(
        "Last Station Closes", default=18.0, help="Local time of the commune."
    )
    last_closing = fields.Float(
        "Last Closing in Metropolitan France", default=20.0, help="Paris time."
    )
    embargo_until = fields.Datetime(
        "Nothing Public Before",
        compute="_compute_embargo_until",
        store=True,
        readonly=False,
        help="Before this hour no figure of votes leaves the town hall, even towards a "
        "screen (Code électoral, L52-2).",
    )
    public_code = fields.Char(
        "Public Address",
        compute="_compute_public_code",
        store=True,
        readonly=False,
        help="Last part of the address of the results page.",
    )
    public_url = fields.Char("Results Page", compute="_compute_public_url")
    state = fields.Selection(
        [
            ("preparation", "In preparation"),
            ("depouillement", "Counting"),
            ("proclame", "Proclaimed"),
        ],
        default="preparation",
        required=True,
        readonly=True,
        copy=False,
    )
    proclaimed_date = fields.Datetime("Proclaimed On", readonly=True, copy=False)
    bureau_tour_ids = fields.One2many(
        "mairie.scrutin.bureau.tour", "tour_id", "Polling Stations", copy=False
    )
    candidature_ids = fields.One2many("mairie.scrutin.candidature", "tour_id", "Lists")
    attribution_ids = fields.One2many(
        "mairie.scrutin.attribution", "tour_id", "Seats", copy=False
    )

    _numero_uniq = models.Constraint(
        "UNIQUE(scrutin_id, numero)", "This election already has that round."
    )
    _public_code_uniq = models.Constraint(
        "UNIQUE(public_code)", "Another results page already has that address."
    )
    _numero_range = models.Constraint(
        "CHECK(numero IN (1, 2))", "A round is the first or the second."
    )

    @api.depends("scrutin_id.name", "numero")
    @api.depends_context("lang")
    def _compute_name(self):
        for tour in self:
            words = {1: self.env._("1st round"), 2: self.env._("2nd round")}
            tour.name = f"{tour.scrutin_id.name or ''}, {words.get(tour.numero, '')}"

    @api.depends(
        "date",
        "cloture",
        "local_closing",
        "last_closing",
        "scrutin_id.kind",
        "scrutin_id.is_partial",
    )
    def _compute_embargo_until(self):
        for tour in self:
            tour.embargo_until = tour.date and tour._get_release_time()

    @api.depends("scrutin_id.name", "numero")
    def _compute_public_code(self):
        slugify = self.env["ir.http"]._slugify
        for tour in self:
            words = f"{tour.scrutin_id.name or 'scrutin'} tour {tour.numero}"
            tour.public_code = slugify(words)

    @api.depends("public_code")
    def _compute_public_url(self):
        for tour in self:
            tour.public_url = f"/resultats/{tour.public_code}"

    @api.constrains("public_code")
    def _check_public_code(self):
        for tour in self:
            if tour.public_code and not PUBLIC_CODE.fullmatch(tour.public_code):
                raise ValidationError(
                    self.env._(
                        "The public address holds letters, figures, hyphens, dots "
                        "and underscores only."
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_if_no_entry(self):
        if self.bureau_tour_ids.saisie_ids:
            raise UserError(
                self.env._("Results were recorded for this round: they are kept.")
            )

    def _get_release_time(self):
        """Naive UTC time of L52-2 for this round.

        Hook: closings that the préfet moved.
        """
        self.ensure_one()
        paris = self._at_hour(self.last_closing, ZoneInfo("Europe/Paris"))
        company = self.company_id or self.scrutin_id.company_id
        partial = self.scrutin_id.is_partial
        local = None
        if partial or (company.mairie_department_code or "") in DROM:
            closing = self.local_closing or self.cloture
            local = self._at_hour(closing, company._get_mairie_zone_info())
        moment = release_time(self.scrutin_id.kind, paris, local, partial=partial)
        return moment.astimezone(ZoneInfo("UTC")).replace(tzinfo=None)

    def _at_hour(self, hour, zone):
        midnight = datetime.combine(self.date, datetime.min.time())
        return (midnight + timedelta(minutes=round(hour * 60))).replace(tzinfo=zone)

    def _get_limits(self):
        """Limits of the alerts, as the lib wants them."""
        self.ensure_one()
        scrutin = self.scrutin_id
        return Limits(
            blancs=Fraction(round(scrutin.blank_alert * 100), 10000),
            nuls=Fraction(round(scrutin.null_alert * 100), 10000),
            list_share=Fraction(round(scrutin.list_alert * 100), 10000),
        )

    def _check_open(self):
        """Refuse a change once the results were proclaimed."""
        for tour in self:
            if tour.state == "proclame":
                raise UserError(
                    self.env._(
                        "The results of %s were proclaimed: they do not change any "
                        "more. Only the judge of the election can correct them.",
                        tour.name,
                    )
                )

    def _check_supervisor(self):
        self.check_access("read")
        if not self.env.su and not self.env.user.has_group(
            "mairie_scrutin.group_superviseur"
        ):
            raise UserError(
                self.env._("Only a supervisor of the election can do this.")
            )

    def action_view_stations(self):
        self.ensure_one()
        return self._prepare_station_action({})

    def action_view_to_check(self):
        self.ensure_one()
        alone = {"search_default_todo": 1, "search_default_with_alert": 1}
        return self._prepare_station_action(alone)

    def _prepare_station_action(self, context):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "mairie_scrutin.mairie_scrutin_bureau_tour_action"
        )
        context = dict(context, default_tour_id=self.id)
        return dict(action, domain=[("tour_id", "=", self.id)], context=context)

    def action_view_seats(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "mairie_scrutin.mairie_scrutin_attribution_action"
        )
        return dict(action, domain=[("tour_id", "=", self.id)], context={})

    def action_open_public_page(self):
        self.ensure_one()
        return {"type": "ir.actions.act_url", "url": self.public_url, "target": "new"}

    def action_import(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "mairie_scrutin.mairie_scrutin_tour_import_action"
        )
        return dict(action, context={"default_tour_id": self.id})
