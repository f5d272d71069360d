"""Every right of the assemblies: who reaches what, and nothing that nobody notices."""

import base64
import csv
from datetime import datetime

from odoo.addons.mairie_base.tests.rights_case import RightsMixin
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools.misc import file_open

from .common import ElusCase

JOBS = {
    "internal": ["base.group_user"],
    "agent": ["mairie_base.group_agent"],
    "elu": ["mairie_base.group_elu"],
    "mayor": ["mairie_base.group_elu", "mairie_elus.group_reader"],
    "reader": ["mairie_elus.group_reader"],
    "secretary": ["mairie_elus.group_secretary"],
    "manager": ["mairie_elus.group_manager"],
    "system": ["base.group_system"],
}
#: addresses and what a member opened: who sends the notices, not the mayor
FIELDS = {
    ("secretary", "manager"): {
        "convocation": {"email", "paper_address", "delivery_error", "opened_at"},
        "mandat": {"notice_email", "paper_address", "birthdate", "paper_requested_on"},
        "instance.membre": {"notice_email", "paper_address"},
        "envoi": {"horodatage_ids", "stamp_text"},
    },
    ("reader", "secretary", "manager"): {
        "instance": {"channel_id"},
        "mandat": {"absence_text"},
    },
    ("system",): {
        "convocation": {"token", "token_expires_at", "last_seal", "event_count"},
        "elu.agenda": {"token"},
        "seance": {"screen_token"},
        "point": {"sheet_file", "sheet_fingerprint"},
    },
    (): {"tele.compte": {"certificate", "signing_file", "signing_password"}},
}

#: s: of a meeting that the member was sent, or of the commune; n: a colleague's in that
#: meeting; d: of a meeting in preparation; o: of a meeting that he was not sent; p:
#: online; q: taken offline, or with personal data; m, v, a: a draft of the agent, of his
#: service, on which his opinion is asked; y: the administrator's own; x: of another
#: commune, though it was sent to him
ROWS = """
model                 agent elu  mayor reader secretary manager system
mandature             -     s    s     s      s         s       -
mandat                -     s    s     s      s         s       -
groupe                -     s    s     s      s         s       -
instance              s     s    s     s      s         s       -
instance.delai        -     s    s     s      s         s       -
instance.membre       -     s    s     s      s         s       -
delegation            -     s    s     s      s         s       -
seance                -     s    sdo   sdo    sdo       sdo     -
point                 -     s    sdo   sdo    sdo       sdo     -
annexe                -     s    sdo   sdo    sdo       sdo     -
annexe.texte          -     -    -     -      sdo       sdo     -
convocation           -     s    sndo  sndo   sndo      sndo    -
convocation.code      -     -    -     -      -         -       sndo
convocation.event     -     -    -     -      sdo       sdo     -
envoi                 -     -    so    so     so        so      -
presence              -     s    so    so     so        so      -
pouvoir               -     s    sno   sno    sno       sno     -
deport                -     s    so    so     so        so      -
vote                  -     s    so    so     so        so      -
vote.nom              -     s    so    so     so        so      -
vote.ouvert           -     -    so    so     so        so      -
vote.voix             -     -    so    so     so        so      -
amendement            -     s    so    so     so        so      -
nomination            -     s    so    so     so        so      -
nomination.candidat   -     s    so    so     so        so      -
nomination.tour       -     s    so    so     so        so      -
seance.journal        -     -    so    so     so        so      -
deliberation          -     sp   sop   sop    sop       sop     -
arrete                -     p    spq   spq    spq       spq     -
publication           p     p    pq    pq     pq        pq      -
transmission          -     -    s     s      s         s       -
tele.compte           -     -    -     -      -         s       -
elus.journal          -     -    -     -      s         s       -
echeance              -     -    s     s      s         s       -
elus.horodatage       -     -    -     -      s         s       -
registre              -     -    s     s      s         s       -
elimination           -     -    -     -      s         s       -
acte.modele           -     -    s     s      s         s       -
modele                s     -    s     s      s         s       -
projet.etape          s     -    s     s      s         s       -
projet                mva   -    mvao  mvao   mvao      mvao    -
projet/w              mv    -    mvao  mvao   mvao      mvao    -
projet/u              mv    -    mvao  mvao   mvao      mvao    -
projet.piece          mva   -    mvao  mvao   mvao      mvao    -
projet.piece/w        mv    -    mvao  mvao   mvao      mvao    -
projet.avis           mva   -    mvao  mvao   mvao      mvao    -
projet.avis/w         mv    -    mvao  mvao   mvao      mvao    -
projet.visa           mva   -    mvao  mvao   mvao      mvao    -
elu.note              -     s    s     -      -         -       -
elu.agenda            -     -    -     -      -         -       y
"""


@tagged("post_install", "-at_install")
class TestRights(RightsMixin, ElusCase):
    ADDON = "mairie_elus"
    ROWS = ROWS
    FIELDS = FIELDS
    READERS = ("agent", "elu", "reader")
    DIALOGS = {"mandat.import": {"file": base64.b64encode(b"nom;prenom\nBon;Jean\n")}}
    SHARED = {"matiere"}  # the national list
    HELD = {"mayor": ("elu", "reader"), "foreign": ("elu", "manager")}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for job, groups in JOBS.items():
            cls.users[job] = cls._new_user(f"{job}.droits", *groups)
        abroad = cls.env["res.company"].create({"name": "Autre commune"})
        cls.users["foreign"] = cls._new_user(
            "foreign.droits",
            "mairie_elus.group_manager",
            "mairie_base.group_elu",
            company_id=abroad.id,
            company_ids=[Command.set(abroad.ids)],
        )
        cls.communes = {**dict.fromkeys("sndopqmvay", cls.commune), "x": abroad}
        cls.member = cls.deputy.partner_id
        (cls.users["elu"] | cls.users["mayor"]).partner_id = cls.member
        for world in "sx":
            cls._add_commune(world)
        cls._add_meeting("s", "closed", cls.member)
        cls._add_meeting("o", "closed", cls.mayor.partner_id)
        cls._add_meeting("d", "draft", cls.member)
        cls._add_meeting("x", "closed", cls.member)
        cls._add_colleague()
        cls._add_online()
        cls._add_drafts()
        cls.env.flush_all()

    def _read_verbs(self):
        with file_open("mairie_elus/tests/roles.csv") as file:
            return {
                row.pop("model").removeprefix("mairie."): row
                for row in csv.DictReader(file)
            }

    @classmethod
    def _add_commune(cls, world):
        """What hangs on the commune alone."""
        for model in (
            *("mandature", "groupe", "mandat", "instance", "instance.delai"),
            *("instance.membre", "delegation", "acte.modele", "modele", "arrete"),
            *(
                "elus.journal",
                "elus.horodatage",
                "registre",
                "elimination",
                "projet.etape",
            ),
        ):
            cls._add(world, model)
        cls._add(world, "transmission", res_id=cls.communes[world].id)
        compte = cls.env["mairie.tele.compte"].search(
            [("company_id", "=", cls.communes[world].id)]
        )
        cls.worlds[world]["tele.compte"] = compte or cls._add(world, "tele.compte")

    @classmethod
    def _add_meeting(cls, world, state, member):
        """A meeting, and a row of each model that hangs on it."""
        instance = cls.worlds["x" if world == "x" else "s"]["instance"]
        cls.worlds.setdefault(world, {})["res.partner"] = member
        cls._add(
            *(world, "seance"),
            instance_id=instance.id,
            state=state,
            date_start=datetime(2026, 12, 1 + "sodx".index(world), 18),
        )
        for model in (
            *("convocation", "convocation.code", "convocation.event", "point"),
            *("annexe", "annexe.texte"),
        ):
            cls._add(world, model)
        if state == "draft":
            return
        for model in (
            *("envoi", "presence", "deport", "vote", "vote.nom", "vote.ouvert"),
            *("vote.voix", "amendement", "nomination", "nomination.candidat"),
            *("nomination.tour", "seance.journal", "deliberation"),
        ):
            cls._add(world, model)
        cls._add(world, "pouvoir", holder_id=cls.paper.partner_id.id)

    @classmethod
    def _add_colleague(cls):
        """What is a colleague's, in the meeting of the member."""
        colleague, meeting = cls.mayor.partner_id.id, cls.worlds["s"]["seance"].id
        cls._add("n", "convocation", seance_id=meeting, partner_id=colleague)
        cls._add("n", "convocation.code")
        new = {"seance_id": meeting, "giver_id": colleague}
        cls._add("n", "pouvoir", holder_id=cls.env.user.partner_id.id, **new)
        point = cls.worlds["s"]["point"].id
        cls._add("s", "elu.note", partner_id=cls.member.id, point_id=point)
        cls._add("n", "elu.note", partner_id=colleague, point_id=point)
        cls._add("n", "elu.agenda", partner_id=cls.member.id, token="n")
        own = cls.users["system"].partner_id.id
        cls._add("y", "elu.agenda", partner_id=own, token="y")

    @classmethod
    def _add_online(cls):
        cls.worlds["p"], cls.worlds["q"] = {}, {}
        cls.worlds["p"]["seance"] = cls.worlds["o"]["seance"]
        for model in ("point", "vote"):
            cls._add("p", model)
        cls._add("p", "deliberation", state="published")
        for model in ("seance", "point", "vote"):
            del cls.worlds["p"][model]
        cls._add("p", "arrete", state="published")
        cls._add("q", "arrete", state="published", has_personal_data=True)
        cls._add("p", "publication")
        cls._add("q", "publication", state="withdrawn")
        cls._add("x", "publication")
        dues = cls.env["mairie.echeance"]
        for world in "sx":
            own = [("company_id", "=", cls.communes[world].id)]
            cls.worlds[world]["echeance"] = dues.search(own, limit=1)

    @classmethod
    def _add_drafts(cls):
        """A draft of the agent, of his service, on which he is asked, of others."""
        agent = cls.users["agent"]
        service = cls._new_service("Urbanisme")
        cls._new_agent("Agent", user_id=agent.id, department_id=service.id)
        root, instance = cls.env.user, cls.worlds["s"]["instance"].id
        for world, author, own in (
            ("m", agent, False), ("v", root, service.id), ("a", root, False),
            ("o", root, False), ("x", agent, False),
        ):  # fmt: skip
            cls._add(world, "projet", author_id=author.id, service_id=own,
                     instance_id=instance)  # fmt: skip
            cls._add(world, "projet.piece", file=b"JVBERi0=")
            asked = agent if world == "a" else root
            cls._add(world, "projet.avis", user_id=asked.id)
            cls._add(world, "projet.visa")
