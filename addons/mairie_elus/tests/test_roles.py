"""Rights as designed: models x jobs x verbs, then data x jobs, against what is there."""

import csv

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools.misc import file_open

from .acts_case import ActsMixin
from .common import START, ElusCase

VERBS = ("read", "write", "create", "unlink")
LETTERS = dict(zip("rwcu", VERBS, strict=True))
JOBS = {
    "agent": ["mairie_base.group_agent"],
    "elu": ["mairie_base.group_elu"],
    "reader": ["mairie_elus.group_reader"],
    "secretary": ["mairie_elus.group_secretary"],
    "manager": ["mairie_elus.group_manager"],
}


@tagged("post_install", "-at_install")
class TestRoles(ActsMixin, ElusCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = {
            job: cls._new_user(f"{job}.roles", *groups) for job, groups in JOBS.items()
        }
        cls.users["elu"].partner_id = cls.deputy.partner_id
        cls.other = cls._new_user(
            "autre.roles",
            "mairie_elus.group_manager",
            company_id=cls.env["res.company"].create({"name": "Autre"}).id,
        )

    def _get_models(self):
        return sorted(
            name
            for name, model in self.env.registry.items()
            if name.startswith("mairie.")
            and model._original_module == "mairie_elus"
            and not model._abstract
            and not model._transient
        )

    def _read_matrix(self):
        with file_open("mairie_elus/tests/roles.csv") as file:
            return {row["model"]: row for row in csv.DictReader(file)}

    def test_every_model_has_the_rights_of_the_matrix(self):
        matrix = self._read_matrix()
        self.assertEqual(sorted(matrix), self._get_models(), "each model has its line")
        wrong = []
        for name, row in matrix.items():
            for job, user in self.users.items():
                model = self.env[name].with_user(user)
                found = "".join(
                    letter for letter, verb in LETTERS.items() if model.has_access(verb)
                )
                if found != row[job]:
                    wrong.append(f"{name},{job}: {found!r}, designed {row[job]!r}")
        self.assertFalse(wrong, "\n".join(wrong))

    def test_another_commune_reads_no_row(self):
        self._get_acts(self._hold()).action_sign()
        self.env.flush_all()
        leaks = []
        for name in self._get_models():
            model = self.env[name].with_user(self.other)
            if "company_id" in model._fields and model.has_access("read"):
                own = model.sudo().search([("company_id", "=", self.commune.id)])
                leaks += [name] if model.search([("id", "in", own.ids)]) else []
        self.assertFalse(leaks)

    def _can_read(self, job, record):
        try:
            return bool(record.with_user(self.users[job]).read(["display_name"]))
        except AccessError:
            return False

    def _who(self, record):
        return {job for job in JOBS if self._can_read(job, record)}

    def test_who_reads_what(self):
        """Data x jobs of the threat model: a name, a count, an existence are leaks."""
        every = set(JOBS)
        back = {"reader", "secretary", "manager"}
        held = self._hold()
        acts = self._get_acts(held)
        acts[0].action_sign()
        acts[0].action_publish()
        arrete = self.env["mairie.arrete"].create(
            {"name": "Brouillon", "content": "<p>x</p>", "date": START.date()}
        )
        draft = self._new_seance(state="draft", date_start="2027-03-01 18:00:00")
        journal = self.env["mairie.elus.journal"]._get_chain(self.commune)[:1]
        registre = self.env["mairie.registre"].create({"instance_id": self.council.id})
        self.env.flush_all()
        expected = {
            "act online": (acts[0].publication_id, every),
            "délibération online": (acts[0].sudo(), every - {"agent"}),
            "délibération to sign": (acts[1].sudo(), back),
            "decision to sign": (arrete, back),
            "meeting in preparation": (draft, back),
            "note of a draft": (draft.point_ids, back),
            "vote": (acts[0].sudo().vote_id, back),
            "sealed journal": (journal, {"secretary", "manager"}),
            "register": (registre, back),
        }
        for what, (record, readers) in expected.items():
            with self.subTest(what=what):
                self.assertEqual(self._who(record), readers)

    def test_what_was_taken_offline_is_out_of_sight(self):
        acts = self._get_acts(self._hold())
        acts[0].action_sign()
        acts[0].action_publish()
        publication = acts[0].publication_id
        publication.sudo().write({"state": "withdrawn"})
        self.env.flush_all()
        self.assertEqual(self._who(publication), {"reader", "secretary", "manager"})

    def test_steps_of_acts_belong_to_the_secretary(self):
        acts = self._get_acts(self._hold())
        for job in ("agent", "elu", "reader"):
            mine = acts.with_user(self.users[job])
            for step in (
                "action_sign",
                "action_publish",
                "action_transmit",
                "action_redact",
            ):
                with self.subTest(job=job, step=step), self.assertRaises(AccessError):
                    getattr(mine, step)()

    def test_nobody_writes_a_step_or_a_seal_by_hand(self):
        act = self._get_acts(self._hold())[0].with_user(self.users["manager"])
        for vals in (
            {"state": "published"},
            {"publication_id": False},
            {"transmission_id": False},
            {"number": "2026_999"},
        ):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                act.write(vals)
