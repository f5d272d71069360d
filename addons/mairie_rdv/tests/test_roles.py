"""Roles × data × verbs, as written tables; then each right is taken away in turn.

A table that nobody compares says nothing, a comparison that no fault moves proves
nothing: every access line and every rule of this addon is removed once, and the
comparison must see it.
"""

from odoo.fields import Command
from odoo.tests import tagged

from .common import RdvCase

ROLES = ("accueil", "agent", "responsable", "dpo")
#: administrators of the server: no appointment, the counters of the public limits
SYSTEM = {"try": "r"}

#: model -> verbs of each role: (r)ead, (w)rite, (c)reate, (u)nlink. Whoever has none
#: of the roles has no verb on any model.
VERBS = """
model               accueil agent responsable dpo
rdv                 r       rwc   rwc         -
personne            r       rwcu  rwcu        -
answer              -       r     r           -
envoi               -       r     r           -
attente             -       rwc   rwc         -
invitation          -       rwcu  rwcu        -
lieu                r       r     rwcu        -
guichet             r       r     rwcu        -
demarche            r       r     rwcu        -
demarche.duration   r       r     rwcu        -
ouverture           r       r     rwcu        -
plage               r       r     rwcu        -
exception           r       r     rwcu        -
quota               r       r     rwcu        -
question            r       r     rwcu        -
close               -       rwcu  rwcu        -
close.line          -       rwcu  rwcu        -
flux                rwc     rwc   rwc         -
message             -       -     rwcu        -
model               -       -     rwcu        -
model.line          -       -     rwcu        -
copie               -       -     r           -
stat                -       -     r           -
journal             -       -     r           r
ants.compte         -       -     rwc         -
ants.jeton          -       -     rwcu        -
ants.appel          -       -     r           -
ants.envoi          -       -     rw          -
person              -       -     -           rwcu
try                 -       -     -           -
"""

#: model -> whose rows a role that reads the model sees: of its own place; of another
#: place of the commune; of its place, but of a procedure reserved to others; of another
#: commune. What has no rule of its own is not listed: nothing in it is anybody's.
ROWS = {
    "rdv": {"own"},
    "personne": {"own"},
    "answer": {"own"},
    "envoi": {"own"},
    "attente": {"own"},
    "invitation": {"own"},
    "stat": {"own", "reserved"},
    "copie": {"own", "reserved"},
    "journal": {"own", "reserved"},
    "flux": {"own"},
    "person": {"own"},
    "lieu": {"own", "reserved", "elsewhere"},
    "guichet": {"own", "reserved", "elsewhere"},
    "demarche": {"own", "reserved", "elsewhere"},
    "demarche.duration": {"own", "reserved", "elsewhere"},
    "ouverture": {"own", "reserved", "elsewhere"},
    "plage": {"own", "reserved", "elsewhere"},
    "exception": {"own", "reserved", "elsewhere"},
    "quota": {"own", "reserved", "elsewhere"},
    "question": {"own", "reserved", "elsewhere"},
    "message": {"own"},
    "ants.compte": {"own"},
    "ants.jeton": {"own"},
    "ants.appel": {"own"},
    "ants.envoi": {"own"},
}
#: who sees more than the others of a model, without any name in it; a manager may be
#: the data protection officer too
WIDER = {
    ("dpo", "journal"): {"own", "reserved", "elsewhere"},
    ("both", "journal"): {"own", "reserved", "elsewhere"},
}

#: fields that fewer people read than the rest of their model
FIELDS = {
    "agent": {
        "rdv": {"email", "phone", "note", "sms_ok", "envoi_ids", "answer_ids"},
        "personne": {"application_id"},
        "attente": {"email", "phone", "sms_ok"},
        "ants.envoi": {"application_id"},
    },
    "nobody": {
        "rdv": {"access_token", "request_key", "ip_hash"},
        "attente": {"access_token", "ip_hash", "refused"},
        "invitation": {"access_token"},
        "flux": {"access_token"},
        "envoi": {"mail_id"},
        "lieu": {"kiosk_token", "screen_token"},
        "ants.compte": {"api_token"},
        "ants.jeton": {"fingerprint"},
    },
}


@tagged("post_install", "-at_install")
class TestRoles(RdvCase):
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
        cls.both = cls._new_user("r_double", *groups)
        insiders = [*[cls.users[role].id for role in ROLES], cls.both.id]
        outsider = cls._new_user("r_ailleurs", "mairie_rdv.group_responsable")
        commune = cls.env["res.company"].create({"name": "Autre commune"})
        here = cls.env.company
        cls.worlds = {
            "own": cls._make_world(here, insiders, []),
            "reserved": cls._make_world(here, insiders, outsider.ids),
            "elsewhere": cls._make_world(here, outsider.ids, []),
            "abroad": cls._make_world(commune, insiders, []),
        }
        cls._make_commune_rows("own", here)
        cls._make_commune_rows("abroad", commune)
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
            "lieu": lieu,
            "demarche": demarche,
            "guichet": guichet,
            "ouverture": ouverture,
            "envoi": rdv.envoi_ids,
            "personne": new("personne", rdv_id=rdv.id),
            "answer": new("answer", rdv_id=rdv.id, question="?"),
            "attente": new("attente", lieu_id=lieu.id, **of_demarche),
            "invitation": new("invitation", **of_demarche),
            "demarche.duration": new("demarche.duration", persons=2, minutes=40,
                                     **of_demarche),
            "quota": new("quota", **of_demarche),
            "question": new("question", name="?", **of_demarche),
            "exception": new("exception", name="E", lieu_id=lieu.id,
                             company_id=company.id),
            "copie": new("copie", lieu_id=lieu.id, day="2026-06-01"),
            "journal": env["mairie.rdv.journal"].create(
                {"user_id": env.uid, "company_id": company.id, "lieu_id": lieu.id,
                 "kind": "change"}
            ),
        }  # fmt: skip
        env.flush_all()
        rows["stat"] = env["mairie.rdv.stat"].search([("id", "=", rdv.id)])
        rows["plage"] = env["mairie.rdv.plage"].search([("lieu_id", "=", lieu.id)])
        return rows

    @classmethod
    def _make_commune_rows(cls, world, company):
        """One row of each model that hangs on the commune alone."""
        rows, new = cls.worlds[world], cls._new_of(company)
        comptes = cls.env["mairie.rdv.ants.compte"]
        rows["ants.compte"] = comptes._get_account(company) or new("ants.compte")
        rows["ants.jeton"] = cls.env["mairie.rdv.ants.jeton"].create(
            {"compte_id": rows["ants.compte"].id, "given": f"jeton-{world}"}
        )
        rows["ants.appel"] = new("ants.appel", direction="in", name="x")
        rows["ants.envoi"] = new("ants.envoi", application_id="AB12CD34EF")
        rows["message"] = cls.env["mairie.rdv.message"].search(
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
        cls.worlds["own"]["flux"] = flux.browse(mine)
        cls.worlds["elsewhere"]["flux"] = flux.create({"user_id": outsider.id})
        dpo = person.with_user(cls.users["dpo"])
        cls.worlds["own"]["person"] = dpo.create({"contact": "x@ex.fr"})
        cls.worlds["elsewhere"]["person"] = person.create({"contact": "y@ex.fr"})

    # -- what is compared ----------------------------------------------------------

    def _get_verb_faults(self):
        """Return where the rights of a model differ from VERBS."""
        lines = [line.split() for line in VERBS.strip().splitlines()[1:]]
        expected = {line[0]: dict(zip(ROLES, line[1:], strict=True)) for line in lines}
        models = {_short(model): model for model in self._get_models()}
        faults = [f"{name}: not in the table" for name in set(models) ^ set(expected)]
        for name, model in models.items():
            for role, user in self.users.items():
                found = "".join(
                    verb[0]
                    for verb in ("read", "write", "create", "unlink")
                    if self.env[model].with_user(user).has_access(verb)
                )
                right = SYSTEM.get(name, "-") if role == "system" else "-"
                right = expected.get(name, {}).get(role, right).replace("-", "")
                if found != right:
                    faults.append(f"{role} on {name}: {found}")
        return faults

    def _get_models(self):
        return [
            name
            for name, model in self.env.registry.items()
            if name.startswith("mairie.rdv") and not model._abstract
        ]

    def _get_row_faults(self, names=None):
        """Return where the rows that a role sees differ from ROWS."""
        faults = []
        for name in names or ROWS:
            ids = {w: rows[name].ids for w, rows in self.worlds.items() if name in rows}
            for role in (*ROLES, "both") if name == "journal" else ROLES:
                user = self.users.get(role, self.both)
                records = self.env[_long(name)].with_user(user)
                if not records.has_access("read"):
                    continue
                everything = [id_ for some in ids.values() for id_ in some]
                found = set(records.search([("id", "in", everything)]).ids)
                seen = {world for world, some in ids.items() if found & set(some)}
                wanted = WIDER.get((role, name), ROWS[name]) & set(ids)
                if seen != wanted:
                    faults.append(f"{role} on {name}: {sorted(seen)}")
        return faults

    # -- the tables hold -------------------------------------------------------------

    def test_each_role_has_the_verbs_of_the_table_and_no_other(self):
        self.assertEqual(self._get_verb_faults(), [])

    def test_each_role_sees_the_rows_of_the_table_and_no_other(self):
        self.assertEqual(self._get_row_faults(), [])
        for name, worlds in ROWS.items():
            made = {world for world, rows in self.worlds.items() if rows.get(name)}
            self.assertGreater(len(made), len(worlds), f"{name}: nothing to hide")

    def test_one_owner_does_not_see_the_calendar_of_another(self):
        for role in ROLES[:3]:
            flux = self.env["mairie.rdv.flux"].with_user(self.users[role])
            self.assertEqual(flux.search([]).user_id, self.users[role])

    def test_fields_are_read_by_those_of_the_table_and_nobody_else(self):
        readers = {"agent": {"agent", "responsable"}, "nobody": set()}
        guarded = {
            (_short(model), name)
            for model in self._get_models()
            for name, field in self.env[model]._fields.items()
            if field.groups and not field.related
        }
        listed = set()
        for reader, models in FIELDS.items():
            for model, names in models.items():
                listed |= {(model, name) for name in names}
                for role in ROLES:
                    records = self.env[_long(model)].with_user(self.users[role])
                    for name in names:
                        field = records._fields[name]
                        self.assertEqual(
                            records._has_field_access(field, "read"),
                            role in readers[reader],
                            (role, model, name),
                        )
        self.assertEqual(guarded, listed)

    # -- each of them matters ----------------------------------------------------------

    def test_no_access_line_can_go_unseen(self):
        survivors = [
            access.name
            for access in self._get_own("ir.model.access")
            if not self._is_seen(access, self._get_verb_faults)
        ]
        self.assertEqual(survivors, [])

    def test_no_rule_can_go_unseen(self):
        survivors = [
            rule.name
            for rule in self._get_own("ir.rule")
            if not self._is_seen(
                rule, lambda r=rule: self._get_row_faults([_short(r.model_id.model)])
            )
        ]
        self.assertEqual(survivors, [])

    def _get_own(self, model):
        data = self.env["ir.model.data"].search(
            [("module", "=", "mairie_rdv"), ("model", "=", model)]
        )
        return self.env[model].browse(data.mapped("res_id"))

    def _is_seen(self, right, compare):
        """Take a right away, tell whether the comparison finds fault, put it back."""
        right.active = False
        self.env.flush_all()
        self.env.invalidate_all()
        try:
            return bool(compare())
        finally:
            right.active = True
            self.env.flush_all()
            self.env.invalidate_all()


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


def _short(model):
    """Return "rdv" for mairie.rdv, "lieu" for mairie.rdv.lieu."""
    return model.removeprefix("mairie.rdv").removeprefix(".") or "rdv"


def _long(name):
    return "mairie.rdv" if name == "rdv" else f"mairie.rdv.{name}"
