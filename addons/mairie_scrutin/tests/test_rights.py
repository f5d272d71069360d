"""Every right of the elections: who reaches what, and nothing that nobody notices."""

from odoo.addons.mairie_base.tests.common import MairieCase
from odoo.addons.mairie_base.tests.rights_case import RightsMixin
from odoo.fields import Command
from odoo.models import BaseModel
from odoo.tests import tagged

from .common import ScrutinMixin

#: sec: secretary of a station; lec: reader; ope: operator; sup: supervisor; org: stations
#: and members; adm: organiser. Two people hold several jobs: cum is sec, lec and ope at
#: once, agt is sec and org.
JOBS = {
    "sec": ["secretaire"],
    "lec": ["lecture"],
    "ope": ["operateur"],
    "sup": ["superviseur"],
    "org": ["organisation"],
    "adm": ["admin"],
    "cum": ["secretaire", "lecture", "operateur"],
    "agt": ["secretaire", "organisation"],
}

VERBS = """
model                               sec   lec   ope   sup   org   adm
scrutin                             r     r     r     r     r     rwcu
scrutin.tour                        r     r     r     r     r     rwcu
scrutin.section                     r     r     r     r     -     rwcu
scrutin.bureau                      r     r     r     rwc   rwcu  rwcu
scrutin.bureau.tour                 r     r     r     rwc   r     rwcu
scrutin.candidature                 r     r     r     rwc   r     rwcu
scrutin.candidat                    r     r     r     rwcu  -     rwcu
scrutin.saisie                      rc    r     rc    rc    -     rc
scrutin.saisie.ligne                rc    r     rc    rc    -     rc
scrutin.controle                    r     r     rw    rw    -     rw
scrutin.attribution                 -     r     r     r     -     r
scrutin.attribution.ligne           -     r     r     r     -     r
scrutin.elu                         -     r     r     r     -     r
scrutin.journal                     -     -     -     r     -     r
scrutin.maillon                     -     -     -     r     -     r
scrutin.horodatage                  -     -     -     r     -     r
scrutin.publication                 -     -     -     -     -     r
scrutin.participation               -     r     r     r     -     r
scrutin.photo                       -     -     r     r     -     r
scrutin.acces                       -     -     -     r     -     r
scrutin.device                      -     -     r     r     -     r
scrutin.operation                   -     -     -     r     -     r
scrutin.repetition                  -     -     -     rwcu  -     rwcu
scrutin.membre                      -     -     r     r     rwcu  rwcu
scrutin.presence                    -     -     r     r     r     r
scrutin.edition                     -     -     ru    ru    ru    ru
scrutin.ecran                       -     -     -     rwcu  -     rwcu
scrutin.ecran.widget                -     -     -     rwcu  -     rwcu
scrutin.reference                   -     r     r     rwcu  -     rwcu
scrutin.reference.ligne             -     r     r     rwcu  -     rwcu
scrutin.reference.liste             -     r     r     rwcu  -     rwcu
scrutin.reference.passage           -     -     r     rwcu  -     rwcu
scrutin.comparaison                 -     r     r     r     -     r
scrutin.bureau.map                  -     -     -     -     rwcu  rwcu
scrutin.bureau.map.property         -     -     -     -     rwcu  rwcu
scrutin.bureau.tour.enter           rwcu  -     rwcu  rwcu  -     rwcu
scrutin.bureau.tour.enter.line      rwcu  -     rwcu  rwcu  -     rwcu
scrutin.bureau.tour.reopen          -     -     -     rwcu  -     rwcu
scrutin.bureau.tour.settle          -     -     -     rwcu  -     rwcu
scrutin.bureau.tour.tell            -     -     rwcu  rwcu  -     rwcu
scrutin.bureau.tour.settle.line     -     -     -     rwcu  -     rwcu
scrutin.elu.replace                 -     -     -     rwcu  -     rwcu
scrutin.elu.restore                 -     -     -     rwcu  -     rwcu
scrutin.reference.import            -     -     -     rwcu  -     rwcu
scrutin.seats                       -     -     -     -     -     rwcu
scrutin.table.import                -     -     -     -     rwcu  rwcu
scrutin.table.import.line           -     -     -     -     rwcu  rwcu
scrutin.tour.add.ballot             -     -     -     rwcu  -     rwcu
scrutin.tour.candidacies            -     -     -     rwcu  -     rwcu
scrutin.tour.candidacies.line       -     -     -     rwcu  -     rwcu
scrutin.tour.copy_members           -     -     -     -     rwcu  rwcu
scrutin.tour.export                 -     rwcu  rwcu  rwcu  -     rwcu
scrutin.tour.import                 -     -     -     rwcu  -     rwcu
scrutin.tour.import.line            -     -     -     rwcu  -     rwcu
scrutin.tour.second                 -     -     -     rwcu  -     rwcu
scrutin.tour.second.line            -     -     -     rwcu  -     rwcu
scrutin.tour.verify                 -     -     -     rwcu  -     rwcu
"""

#: n: of a round that is not public; o: of the secretary's own station in it; e: of a
#: station that waits for the second entry, typed by somebody else; f: typed by oneself;
#: p: of a public round; r: a past election typed from its report; m: papers that one
#: asked for; x: of another commune
ROWS = """
model                       sec  lec  ope    sup    org    adm    cum    agt
scrutin                     n    n    n      n      n      n      n      n
scrutin.tour                np   np   np     np     np     np     np     np
scrutin.section             n    n    n      n      -      n      n      n
scrutin.bureau              n    n    n      n      n      n      n      n
scrutin.bureau.tour         o    p    noefp  noefp  noefp  noefp  noefp  noefp
scrutin.candidature         np   np   np     np     np     np     np     np
scrutin.candidat            np   np   np     np     -      np     np     np
scrutin.saisie              o    p    nofp   noefp  -      noefp  nofp   o
scrutin.saisie.ligne        o    p    nofp   noefp  -      noefp  nofp   o
scrutin.controle            o    p    nofp   noefp  -      noefp  nofp   o
scrutin.attribution         -    p    np     np     -      np     np     -
scrutin.attribution.ligne   -    p    np     np     -      np     np     -
scrutin.elu                 -    p    np     np     -      np     np     -
scrutin.journal             -    -    -      n      -      n      -      -
scrutin.maillon             -    -    -      n      -      n      -      -
scrutin.horodatage          -    -    -      n      -      n      -      -
scrutin.publication         -    -    -      -      -      n      -      -
scrutin.participation       -    n    n      n      -      n      n      -
scrutin.photo               -    -    n      n      -      n      n      -
scrutin.acces               -    -    -      n      -      n      -      -
scrutin.device              -    -    n      n      -      n      n      -
scrutin.operation           -    -    -      n      -      n      -      -
scrutin.repetition          -    -    -      n      -      n      -      -
scrutin.membre              -    -    n      n      n      n      n      n
scrutin.presence            -    -    n      n      n      n      n      n
scrutin.edition             -    -    m      m      m      m      m      m
scrutin.ecran               -    -    -      n      -      n      -      -
scrutin.ecran.widget        -    -    -      n      -      n      -      -
scrutin.reference           -    rp   rnp    rnp    -      rnp    rnp    -
scrutin.reference.ligne     -    rp   rnp    rnp    -      rnp    rnp    -
scrutin.reference.liste     -    rp   rnp    rnp    -      rnp    rnp    -
scrutin.reference.passage   -    -    rnp    rnp    -      rnp    rnp    -
scrutin.comparaison         -    p    np     np     -      np     np     -
"""
#: private data of members and candidates, secrets of phones and screens, and what tells
#: that nobody won
FIELDS = {
    ("org", "adm"): {
        "scrutin.membre": {
            *("birth_date", "birth_place", "street", "zip", "city", "email", "note"),
            "access_token",
        },
    },
    ("ope", "sup", "org", "adm"): {"scrutin.membre": {"phone"}},
    ("sup", "adm"): {
        "scrutin.candidat": {"naissance"},
        "scrutin.elu": {"naissance"},
        "scrutin.ecran": {"token"},
        "scrutin.tour": {"horodatage_ids", "maillon_ids", "can_prepare_second"},
    },
    ("adm",): {"scrutin": {"tsa_url", "tsa_certificate"}},
    ("lec", "ope", "sup", "adm"): {"scrutin.controle": {"params"}},
    (): {
        "scrutin.acces": {"token_hash", "pin_hash", "pin_salt"},
        "scrutin.device": {"secret_hash"},
    },
}
RELEASED = {
    "state": "depouillement",
    "embargo_until": "2026-03-15 19:00:00",
    "armed_date": "2026-03-15 18:00:00",
}


@tagged("post_install", "-at_install")
class TestRights(RightsMixin, ScrutinMixin, MairieCase):
    ADDON = "mairie_scrutin"
    VERBS = VERBS
    ROWS = ROWS
    FIELDS = FIELDS
    READERS = ("sec", "lec", "org")
    # what the organisers of the members are there for
    OWN = {"scrutin.tour.action_add_stations", "scrutin.tour.action_convene_members"}
    OPEN = {"foreign": {"scrutin.tour.get_night_rounds"}}  # of his own commune
    HELD = {
        "cum": ("sec", "lec", "ope"),
        "agt": ("sec", "org"),
        "foreign": ("adm", "sec", "lec"),
    }

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        group = "mairie_scrutin.group_{}".format
        for job, groups in JOBS.items():
            cls.users[job] = cls._new_user(f"{job}.droits", *map(group, groups))
        cls.users["internal"] = cls._new_user("interne.droits", "base.group_user")
        abroad = cls.env["res.company"].create({"name": "Autre commune"})
        cls.users["foreign"] = cls._new_user(
            "foreign.droits",
            *(group("admin"), group("secretaire"), group("lecture")),
            company_id=abroad.id,
            company_ids=[Command.set(abroad.ids)],
        )
        cls.communes = {**dict.fromkeys("noefprm", cls.commune), "x": abroad}
        for world in "nx":
            cls._add_round(world)
        cls._add_round("p", numero=2, armed_by_id=cls.users["sup"].id,
                       agreed_by_id=cls.users["adm"].id, **RELEASED)  # fmt: skip
        cls._add_settings()
        cls._add_stations()
        cls._add_people()
        cls._add_past()
        cls.env.flush_all()
        views = cls.env["mairie.scrutin.comparaison"]
        for world in "npx":
            tour = cls.worlds[world]["scrutin.tour"]
            rows = views.search([("tour_id", "=", tour.id)], limit=1)
            cls.worlds[world]["scrutin.comparaison"] = rows

    @classmethod
    def _add_round(cls, world, **vals):
        """A round with one counted station, its list and its seats."""
        if world == "p":
            cls.worlds["p"] = {"scrutin": cls.worlds["n"]["scrutin"]}
        else:
            cls._add(world, "scrutin")
        cls._add(world, "scrutin.tour", public_code=f"droits-{world}", **vals)
        cls._add(world, "scrutin.candidature")
        cls._add(world, "scrutin.candidat")
        cls._add(world, "scrutin.bureau", code=f"9{world}")
        cls._add_station(world, state="valide")
        for model in ("attribution", "attribution.ligne", "elu"):
            cls._add(world, f"scrutin.{model}")
        if world == "p":  # of the election, not of the round
            for model in ("scrutin", "scrutin.bureau"):
                del cls.worlds["p"][model]

    @classmethod
    def _add_station(cls, world, author=None, **vals):
        """A station whose result is in, with its votes and a check."""
        station = cls._add(world, "scrutin.bureau.tour", **vals)
        of_station = {"bureau_tour_id": station.id}
        entry = cls._add(world, "scrutin.saisie", author=author, **of_station)
        cls._add(world, "scrutin.saisie.ligne", saisie_id=entry.id)
        cls._add(world, "scrutin.controle", saisie_id=entry.id)
        second = {**of_station, "rang": 2, "first_id": entry.id}
        second = cls._make(world, "scrutin.saisie", author=author, **second)
        BaseModel.write(station, {"saisie_id": entry.id, "second_id": second.id})

    @classmethod
    def _add_stations(cls):
        """Stations of the round that is not public: who reads which."""
        cls.env.flush_all()
        known = {
            model: cls.worlds["n"][model]
            for model in ("scrutin.tour", "scrutin.candidature")
        }
        waits = {"state": "a_double_saisir"}
        for world, roles, vals in (
            ("o", ("sec", "cum", "agt"), {"state": "valide"}),
            ("e", (None,), waits),
            ("f", ("ope", "cum"), waits),
        ):
            cls.worlds[world] = dict(known)
            for rank, role in enumerate(roles):
                bureau = cls._add(world, "scrutin.bureau", code=f"8{world}{rank}")
                user = cls.users.get(role)
                own = {"secretaire_id": user.id} if world == "o" else {}
                author = user if world == "f" else None
                cls._add_station(world, author, bureau_id=bureau.id, **vals, **own)
            for model in (*known, "scrutin.bureau"):
                del cls.worlds[world][model]

    @classmethod
    def _add_settings(cls):
        for world in "nx":
            for model in (
                *("section", "journal", "maillon", "horodatage", "publication"),
                *("participation", "photo", "acces", "device"),
                *("ecran", "ecran.widget"),
            ):
                cls._add(world, f"scrutin.{model}")
            tour = cls.worlds[world]["scrutin.tour"]
            cls._add(world, "scrutin.repetition", source_tour_id=tour.id)
            cls._add(world, "scrutin.operation", uuid=world)

    @classmethod
    def _add_people(cls):
        """Members of the stations, and the papers that each asked for."""
        for world in "nx":
            for model in ("membre", "presence"):
                cls._add(world, f"scrutin.{model}")
            cls._add(world, "scrutin.edition", user_id=cls.env.uid)
        cls.worlds["m"] = {"scrutin.tour": cls.worlds["n"]["scrutin.tour"]}
        for job in JOBS:
            cls._add("m", "scrutin.edition", user_id=cls.users[job].id)
        del cls.worlds["m"]["scrutin.tour"]

    @classmethod
    def _add_past(cls):
        for world in "rnpx":
            tour = cls.worlds.setdefault(world, {}).get("scrutin.tour")
            past = cls._add(world, "scrutin.reference", past_tour_id=tour and tour.id)
            if tour:  # a round shows in the comparisons once it has a past election
                BaseModel.write(tour, {"reference_id": past.id})
            for model in ("ligne", "liste", "passage"):
                cls._add(world, f"scrutin.reference.{model}")
