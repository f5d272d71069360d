import base64

from freezegun import freeze_time
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import IN_TIME, ElusCase


@tagged("post_install", "-at_install")
class TestAccess(ElusCase):
    """Who may see what: one fact, one role."""

    @classmethod
    @freeze_time(IN_TIME)
    def setUpClass(cls):
        super().setUpClass()
        cls.member = cls._new_elu_user(cls.deputy, "adjoint.essai")
        cls.agent = cls._new_user("agent.essai")
        cls.reader = cls._new_user("dgs.essai", "mairie_elus.group_reader")
        cls.draft = cls._new_seance(state="draft")
        cls.sent = cls._new_seance(date_start="2026-12-18 18:00:00")
        cls.annexe = cls._new_annexe(cls.sent.point_ids)
        cls.sent._convene()
        cls.closed_body = cls._new_instance("Finances")
        cls.env["mairie.instance.membre"].create(
            {
                "instance_id": cls.closed_body.id,
                "partner_id": cls.mayor.partner_id.id,
                "date_from": "2026-04-01",
            }
        )
        cls.other = cls._new_seance(instance_id=cls.closed_body.id)
        cls.other_annexe = cls._new_annexe(cls.other.point_ids)
        cls.other._convene()
        cls.env.flush_all()

    def _visible(self, model, user):
        return self.env[model].with_user(user).search([])

    def test_a_member_sees_the_meetings_he_was_convened_to(self):
        self.assertEqual(self._visible("mairie.seance", self.member), self.sent)

    def test_a_member_never_sees_a_draft(self):
        with self.assertRaises(AccessError):
            self.draft.with_user(self.member).read(["name"])
        self.assertFalse(
            self.env["mairie.point"]
            .with_user(self.member)
            .search([("seance_id", "=", self.draft.id)])
        )

    def test_a_member_sees_the_documents_of_his_bodies_only(self):
        self.assertEqual(self._visible("mairie.annexe", self.member), self.annexe)
        with self.assertRaises(AccessError):
            self.other_annexe.with_user(self.member).read(["name"])

    def test_a_file_opens_by_its_document_only(self):
        attachments = (
            self.env["ir.attachment"]
            .sudo()
            .search(
                [
                    ("res_model", "=", "mairie.annexe"),
                    ("res_field", "=", "file"),
                    ("res_id", "in", (self.annexe + self.other_annexe).ids),
                ]
            )
        )
        self.assertEqual(len(attachments), 2)
        own = attachments.filtered(lambda item: item.res_id == self.annexe.id)
        self.assertTrue(base64.b64decode(own.with_user(self.member).datas))
        with self.assertRaises(AccessError):
            (attachments - own).with_user(self.member).read(["datas"])
        with self.assertRaises(AccessError):
            own.with_user(self.agent).read(["datas"])

    def test_a_member_sees_his_own_notice_only(self):
        mine = self._visible("mairie.convocation", self.member)
        self.assertEqual(mine, self._convocation_of(self.sent, self.deputy))

    def test_a_member_cannot_answer_for_another(self):
        theirs = self._convocation_of(self.sent, self.mayor)
        with self.assertRaises(AccessError):
            theirs.with_user(self.member).action_note_absent()

    def test_nobody_but_the_secretary_sees_addresses(self):
        mandat = self.paper.with_user(self.member)
        for field in ("paper_address", "notice_email", "birthdate"):
            with self.subTest(field=field), self.assertRaises(AccessError):
                mandat.read([field])
        self.assertTrue(self.paper.with_user(self.secretary).paper_address)

    def test_nobody_but_the_secretary_sees_who_opened_what(self):
        convocation = self._convocation_of(self.sent, self.mayor)
        with self.assertRaises(AccessError):
            convocation.with_user(self.reader).read(["opened_at"])
        with self.assertRaises(AccessError):
            self.env["mairie.convocation.event"].with_user(self.reader).search([])
        convocation.with_user(self.secretary).read(["opened_at"])

    def test_nobody_reads_a_token(self):
        convocation = self._convocation_of(self.sent, self.deputy)
        for user in (self.member, self.secretary, self.reader):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                convocation.with_user(user).read(["token"])

    def test_only_the_secretary_reminds_and_of_a_convened_meeting_only(self):
        with freeze_time(IN_TIME):
            for user in (self.agent, self.reader, self.member):
                with self.subTest(user=user.login), self.assertRaises(AccessError):
                    self.sent.with_user(user).action_remind()
            sent = self.sent.with_user(self.secretary)
            sent.action_remind()
            sent.action_reopen_preparation()
            with self.assertRaises(UserError):
                sent.action_remind()

    @freeze_time(IN_TIME)
    def test_a_member_left_out_when_convened_again_reads_nothing_more(self):
        self.sent.action_reopen_preparation()
        self.deputy.date_to = "2026-12-10"
        self.sent._convene()
        self.env.flush_all()
        self.env.invalidate_all()
        for model in (
            "mairie.seance",
            "mairie.point",
            "mairie.annexe",
            "mairie.convocation",
        ):
            records = (
                self.env[model].with_user(self.member).with_context(active_test=False)
            )
            with self.subTest(model=model):
                self.assertFalse(records.search([]))
        with self.assertRaises(AccessError):
            self.annexe.with_user(self.member).read(["name"])

    def test_nobody_writes_the_steps_by_hand(self):
        draft = self.draft.with_user(self.secretary)
        for vals in ({"state": "convened"}, {"sequence": 3}, {"convened_at": False}):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                draft.write(vals)
        Seance = draft.env["mairie.seance"]
        vals = {"instance_id": self.council.id, "date_start": "2027-01-14 18:00:00"}
        self.assertEqual(Seance.create(vals).state, "draft")
        vals["date_start"] = "2027-01-15 18:00:00"
        for model, extra in (
            (Seance, {"state": "convened"}),
            (Seance.with_context(default_state="convened"), {}),
        ):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                model.create({**vals, **extra})

    def test_nobody_writes_a_receipt_or_an_answer_by_hand(self):
        theirs = self._convocation_of(self.sent, self.mayor).with_user(self.secretary)
        for vals in (
            {"answer": "present"},
            {"opened_at": IN_TIME},
            {"sent_at": IN_TIME},
            {"active": False},
        ):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                theirs.write(vals)
        theirs.action_note_present()
        self.assertEqual(theirs.answer, "present")

    def test_the_secretary_goes_through_every_step(self):
        sent = self.sent.with_user(self.secretary)
        with freeze_time("2026-12-18 18:00:00"):
            sent.invalidate_recordset()
            sent.action_open()
            sent.action_close()
        self.assertEqual(sent.state, "closed")
        other = self.other.with_user(self.secretary)
        other.action_reopen_preparation()
        other.action_cancel()
        self.assertEqual(other.state, "cancelled")

    def test_a_letter_gives_its_link_to_its_member_and_the_secretary_only(self):
        letter = self._convocation_of(self.sent, self.paper)
        for user, is_shown in (
            (self.reader, False),
            (self.member, False),
            (self.secretary, True),
            (self._new_elu_user(self.paper, "papier.essai"), True),
        ):
            with self.subTest(user=user.login):
                seen = letter.with_user(user)
                self.assertEqual(bool(seen._get_link()), is_shown)
                self.assertEqual(bool(seen._get_link_qr()), is_shown)
                self.assertEqual(bool(seen._get_address_lines()), is_shown)

    def test_the_director_prints_letters_without_their_link(self):
        report = "mairie_elus.report_convocation"
        letter = self._convocation_of(self.sent, self.paper)
        for user, is_shown in ((self.reader, False), (self.secretary, True)):
            Report = self.env["ir.actions.report"].with_user(user)
            content = Report._render_qweb_html(report, letter.ids)[0].decode()
            self.assertEqual("data:image/svg" in content, is_shown)
            self.assertEqual("1 rue du Bac" in content, is_shown)

    def test_an_agent_sees_nothing(self):
        for model in (
            "mairie.seance",
            "mairie.point",
            "mairie.annexe",
            "mairie.convocation",
            "mairie.envoi",
            "mairie.mandat",
        ):
            with self.subTest(model=model), self.assertRaises(AccessError):
                self._visible(model, self.agent)

    def test_the_director_reads_drafts_and_writes_nothing(self):
        seance = self.draft.with_user(self.reader)
        self.assertTrue(seance.name)
        with self.assertRaises(AccessError):
            seance.write({"room": "Ailleurs"})
        with self.assertRaises(AccessError):
            seance.action_prepare()

    def test_the_secretary_prepares_and_convenes(self):
        seance = self.draft.with_user(self.secretary)
        seance.action_prepare()
        with freeze_time(IN_TIME):
            seance._convene()
        self.assertEqual(seance.state, "convened")

    def test_the_secretary_does_not_delete_mandates(self):
        with self.assertRaises(AccessError):
            self.deputy.with_user(self.secretary).unlink()

    def test_another_commune_sees_nothing(self):
        company = self.env["res.company"].create({"name": "Autre commune"})
        stranger = self._new_user(
            "autre.essai",
            "mairie_elus.group_manager",
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
        )
        for model in (
            "mairie.seance",
            "mairie.annexe",
            "mairie.mandat",
            "mairie.envoi",
        ):
            self.assertFalse(self._visible(model, stranger), model)
