"""Rights as designed: data x jobs against what is there, by the states of an act."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .acts_case import ActsMixin
from .common import START, ElusCase

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
