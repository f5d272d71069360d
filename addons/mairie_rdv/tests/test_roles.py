"""Roles × data × verbs, as written tables, each right of which matters."""

from odoo.addons.mairie_base.tests.rights_case import RightsMixin
from odoo.fields import Command
from odoo.tests import tagged

from .common import RdvCase

ROLES = ("accueil", "agent", "responsable", "dpo")
#: model -> verbs of each role: (r)ead, (w)rite, (c)reate, (u)nlink. Whoever has none
#: of the roles has no verb on any model.
VERBS = """
model                  accueil agent responsable dpo  system
rdv                    r       rwc   rwc         -    -
rdv.personne           r       rwcu  rwcu        -    -
rdv.answer             -       r     r           -    -
rdv.envoi              -       r     r           -    -
rdv.attente            -       rwc   rwc         -    -
rdv.invitation         -       rwcu  rwcu        -    -
rdv.lieu               r       r     rwcu        -    -
rdv.guichet            r       r     rwcu        -    -
rdv.demarche           r       r     rwcu        -    -
rdv.demarche.duration  r       r     rwcu        -    -
rdv.ouverture          r       r     rwcu        -    -
rdv.plage              r       r     rwcu        -    -
rdv.exception          r       r     rwcu        -    -
rdv.quota              r       r     rwcu        -    -
rdv.question           r       r     rwcu        -    -
rdv.close              -       rwcu  rwcu        -    -
rdv.close.line         -       rwcu  rwcu        -    -
rdv.flux               rwc     rwc   rwc         -    -
rdv.message            -       -     rwcu        -    -
rdv.model              -       -     rwcu        -    -
rdv.model.line         -       -     rwcu        -    -
rdv.week               -       -     rwcu        -    -
rdv.week.day           -       -     rwcu        -    -
rdv.copie              -       -     r           -    -
rdv.stat               -       -     r           -    -
rdv.journal            -       -     r           r    -
rdv.ants.compte        -       -     rwc         -    -
rdv.ants.jeton         -       -     rwcu        -    -
rdv.ants.appel         -       -     r           -    -
rdv.ants.envoi         -       -     rw          -    -
rdv.person             -       -     -           rwcu -
rdv.try                -       -     -           -    r
"""

#: whose rows a role sees: o, of its own place; e, of another place of the commune; r, of
#: its place, but of a procedure reserved to others; x, of another commune. "both" is a
#: manager who is the data protection officer too.
ROWS = """
model                  accueil agent responsable dpo  both
rdv                    o       o     o           -    o
rdv.personne           o       o     o           -    o
rdv.answer             -       o     o           -    o
rdv.envoi              -       o     o           -    o
rdv.attente            -       o     o           -    o
rdv.invitation         -       o     o           -    o
rdv.stat               -       -     or          -    or
rdv.copie              -       -     or          -    or
rdv.journal            -       -     or          ore  ore
rdv.flux               o       o     o           -    -
rdv.person             -       -     -           o    e
rdv.lieu               ore     ore   ore         -    ore
rdv.guichet            ore     ore   ore         -    ore
rdv.demarche           ore     ore   ore         -    ore
rdv.demarche.duration  ore     ore   ore         -    ore
rdv.ouverture          ore     ore   ore         -    ore
rdv.plage              ore     ore   ore         -    ore
rdv.exception          ore     ore   ore         -    ore
rdv.quota              ore     ore   ore         -    ore
rdv.question           ore     ore   ore         -    ore
rdv.message            -       -     o           -    o
rdv.ants.compte        -       -     o           -    o
rdv.ants.jeton         -       -     o           -    o
rdv.ants.appel         -       -     o           -    o
rdv.ants.envoi         -       -     o           -    o
"""

#: fields that fewer people read than the rest of their model
FIELDS = {
    ("agent", "responsable"): {
        "rdv": {"email", "phone", "note", "sms_ok", "envoi_ids", "answer_ids"},
        "rdv.personne": {"application_id"},
        "rdv.attente": {"email", "phone", "sms_ok"},
        "rdv.ants.envoi": {"application_id"},
    },
    (): {
        "rdv": {"access_token", "request_key", "ip_hash"},
        "rdv.attente": {"access_token", "ip_hash", "refused"},
        "rdv.invitation": {"access_token"},
        "rdv.flux": {"access_token"},
        "rdv.envoi": {"mail_id"},
        "rdv.lieu": {"kiosk_token", "screen_token"},
        "rdv.ants.compte": {"api_token"},
        "rdv.ants.jeton": {"fingerprint"},
    },
    ("system",): {
        **dict.fromkeys(
            ("res.company", "res.config.settings"),
            {
                f"mairie_rdv_ovh_{key}"
                for key in ("app_key", "app_secret", "consumer_key")
            },
        ),
    },
}


@tagged("post_install", "-at_install")
class TestRoles(RightsMixin, RdvCase):
    ADDON = "mairie_rdv"
    VERBS = VERBS
    ROWS = ROWS
    FIELDS = FIELDS
    HELD = dict.fromkeys(("both", "foreign"), ("responsable", "dpo"))
    SHARED = {"rdv.try"}
    # what is of the caller's own places, and a number that he types
    OPEN = {
        "internal": {"rdv.plage.get_unusual_days"},
        "foreign": {
            *("rdv.get_desk_day", "rdv.plage.get_unusual_days"),
            *("rdv.message.action_open_messages", "rdv.flux.action_open"),
            "rdv.ants.check_application",
        },
    }
    OWN = {"rdv.message.action_open_messages", "rdv.flux.action_open"}
    ARGUMENTS = dict.fromkeys(("date_from", "date_to"), "2026-06-01")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = {role: cls._new_user(f"r_{role}", f"mairie_rdv.group_{role}")
                     for role in ROLES}  # fmt: skip
        cls.users["internal"] = cls._new_user("r_interne")
        cls.users["system"] = cls._new_user("r_systeme", "base.group_system")
        cls.users["portal"] = cls._new_user(
            "r_portail", "base.group_portal", notification_type="email"
        )
        cls.users["public"] = cls.env.ref("base.public_user")
        groups = ("mairie_rdv.group_responsable", "mairie_rdv.group_dpo")
        cls.users["both"] = cls._new_user("r_double", *groups)
        insiders = [cls.users[role].id for role in (*ROLES, "both")]
        outsider = cls._new_user("r_ailleurs", "mairie_rdv.group_responsable")
        commune = cls.env["res.company"].create({"name": "Autre commune"})
        cls.users["foreign"] = cls._new_user(
            "r_commune", *groups, company_id=commune.id,
            company_ids=[Command.set(commune.ids)],
        )  # fmt: skip
        here = cls.env.company
        cls.communes = {**dict.fromkeys("ore", here), "x": commune}
        cls.worlds = {
            "o": cls._make_world(here, insiders, []),
            "r": cls._make_world(here, insiders, outsider.ids),
            "e": cls._make_world(here, outsider.ids, []),
            "x": cls._make_world(commune, [*insiders, cls.users["foreign"].id], []),
        }
        cls._make_commune_rows("o", here)
        cls._make_commune_rows("x", commune)
        cls._make_personal_rows(outsider)
        cls.env.flush_all()

    @classmethod
    def _make_world(cls, company, lieu_users, demarche_users):
        """One row of each model that hangs on a place or on a procedure."""
        env = cls.env(context={"allowed_company_ids": company.ids})
        new = lambda model, **vals: env[f"mairie.rdv.{model}"].create(vals)  # noqa: E731
        lieu = new("lieu", name="L", tz="Europe/Paris", company_id=company.id,
                   user_ids=[Command.set(lieu_users)])  # fmt: skip
        slug = f"d-{lieu.id}"
        demarche = new("demarche", name="D", slug=slug, duration=20,
                       company_id=company.id,
                       lead_min_hours=0, user_ids=[Command.set(demarche_users)])  # fmt: skip
        of_demarche = {"demarche_id": demarche.id}
        guichet = new("guichet", name="G", lieu_id=lieu.id,
                      demarche_ids=[Command.set(demarche.ids)])  # fmt: skip
        ouverture = new("ouverture", lieu_id=lieu.id, hour_from=9.0, hour_to=10.0,
                        guichet_ids=[Command.set(guichet.ids)])  # fmt: skip
        rdv = env["mairie.rdv"].create(
            {**of_demarche, "lieu_id": lieu.id, "last_name": "X", "email": "x@ex.fr",
             "start": lieu._read_start("2026-06-01T09:00")}
        )  # fmt: skip
        rdv._queue_message("confirmed", number=7)
        rows = {
            "rdv": rdv,
            "rdv.lieu": lieu,
            "rdv.demarche": demarche,
            "rdv.guichet": guichet,
            "rdv.ouverture": ouverture,
            "rdv.envoi": rdv.envoi_ids,
            "rdv.personne": new("personne", rdv_id=rdv.id),
            "rdv.answer": new("answer", rdv_id=rdv.id, question="?"),
            "rdv.attente": new("attente", lieu_id=lieu.id, **of_demarche),
            "rdv.invitation": new("invitation", **of_demarche),
            "rdv.demarche.duration": new("demarche.duration", persons=2, minutes=40,
                                     **of_demarche),
            "rdv.quota": new("quota", **of_demarche),
            "rdv.question": new("question", name="?", **of_demarche),
            "rdv.exception": new("exception", name="E", lieu_id=lieu.id,
                             company_id=company.id),
            "rdv.copie": new("copie", lieu_id=lieu.id, day="2026-06-01"),
            "rdv.journal": env["mairie.rdv.journal"].create(
                {"user_id": env.uid, "company_id": company.id, "lieu_id": lieu.id,
                 "kind": "change"}
            ),
        }  # fmt: skip
        env.flush_all()
        rows["rdv.stat"] = env["mairie.rdv.stat"].search([("id", "=", rdv.id)])
        rows["rdv.plage"] = env["mairie.rdv.plage"].search([("lieu_id", "=", lieu.id)])
        return rows

    @classmethod
    def _make_commune_rows(cls, world, company):
        """One row of each model that hangs on the commune alone."""
        rows, new = cls.worlds[world], cls._new_of(company)
        comptes = cls.env["mairie.rdv.ants.compte"]
        rows["rdv.ants.compte"] = comptes._get_account(company) or new("ants.compte")
        rows["rdv.ants.jeton"] = cls.env["mairie.rdv.ants.jeton"].create(
            {"compte_id": rows["rdv.ants.compte"].id, "given": f"jeton-{world}"}
        )
        rows["rdv.ants.appel"] = new("ants.appel", direction="in", name="x")
        rows["rdv.ants.envoi"] = new("ants.envoi", application_id="AB12CD34EF")
        rows["rdv.message"] = cls.env["mairie.rdv.message"].search(
            [("company_id", "=", company.id)], limit=1
        ) or new("message", event="confirmed", lang="en_US", subject="s", body="b",
                 sms="s")  # fmt: skip

    @classmethod
    def _new_of(cls, company):
        return lambda model, **vals: cls.env[f"mairie.rdv.{model}"].create(
            {"company_id": company.id, **vals}
        )

    @classmethod
    def _make_personal_rows(cls, outsider):
        """What belongs to one user: his calendar, his request."""
        flux, person = cls.env["mairie.rdv.flux"], cls.env["mairie.rdv.person"]
        flux.search([]).unlink()
        mine = [flux.create({"user_id": cls.users[role].id}).id for role in ROLES]
        cls.worlds["o"]["rdv.flux"] = flux.browse(mine)
        cls.worlds["e"]["rdv.flux"] = flux.create({"user_id": outsider.id})
        dpo = person.with_user(cls.users["dpo"])
        cls.worlds["o"]["rdv.person"] = dpo.create({"contact": "x@ex.fr"})
        cls.worlds["e"]["rdv.person"] = person.with_user(cls.users["both"]).create(
            {"contact": "y@ex.fr"}
        )

    def test_one_owner_does_not_see_the_calendar_of_another(self):
        for role in ROLES[:3]:
            flux = self.env["mairie.rdv.flux"].with_user(self.users[role])
            self.assertEqual(flux.search([]).user_id, self.users[role])


@tagged("post_install", "-at_install")
class TestOutsideRoles(RdvCase):
    """Whoever has no account: the holder of a link, the hub of France Titres."""

    def test_link_shows_its_owner_his_own_and_not_what_agents_wrote(self):
        rdv = self._create_rdv(
            email="lea@exemple.fr", phone="+33639981234", note="note-interne"
        )
        other = self._create_rdv("09:20", last_name="Zanzibarova")
        shown = str(self.env["mairie.rdv"]._get_public(rdv.access_token))
        self.assertIn("l***@exemple.fr", shown)
        for secret in ("note-interne", "+33639981234", "Zanzibarova", other.code):
            self.assertNotIn(secret, shown)

    def test_the_hub_learns_a_date_and_an_address_never_who_comes(self):
        self.demarche.write({"stage": "depot", "ants_reason": "CNI"})
        self.lieu.ants_published = True
        self._create_rdv(
            last_name="Zanzibarova",
            email="lea@exemple.fr",
            phone="+33639981234",
            personne_ids=[Command.create({"application_id": "AB12CD34EF"})],
        )
        ants = self.env["mairie.rdv.ants"].with_company(self.lieu.company_id)
        answer = ants._search_applications(["AB12CD34EF"])
        (entry,) = answer["AB12CD34EF"]
        self.assertEqual(
            set(entry), {"meeting_point", "datetime", "management_url", "cancel_url"}
        )
        for secret in ("Zanzibarova", "Léa", "exemple.fr", "39981234", "AB12CD34EF"):
            self.assertNotIn(secret, str(entry))

    def test_free_times_hold_nothing_but_times(self):
        self._create_rdv("09:20", last_name="Zanzibarova")
        self.assertNotIn(
            "Zanzibarova",
            str(self.demarche._get_public_days(self.demarche.id, self.lieu.id, 1)),
        )
