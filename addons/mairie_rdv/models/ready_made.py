"""Procedures that most town halls receive for, ready to be added.

Each language that has them in its .po gets its own words; the town hall may change
all of them afterwards.
"""

from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

#: key -> values of mairie.rdv.demarche; "pieces" is a list, "retrait" another key
READY_MADE = {
    "titres_depot": {
        "name": _lt("Identity card, passport: lodging the request"),
        "category": "identity", "duration": 20, "persons_max": 4,
        "stage": "depot", "ants_reason": "CNI-PASSPORT", "needs_device": True,
        "retrait": "titres_retrait",
        "pieces": [
            _lt("the pre-demande number of each person"),
            _lt("an identity photograph less than 6 months old, per person"),
            _lt("a proof of address less than one year old"),
            _lt("the former document, if there is one"),
        ],
    },
    "titres_retrait": {
        "name": _lt("Identity card, passport: collecting the document"),
        "category": "identity", "duration": 10, "persons_max": 4,
        "stage": "retrait", "ants_reason": "CNI-PASSPORT", "needs_device": True,
        "pieces": [_lt("the former document"), _lt("the receipt of the request")],
    },
    "cni_depot": {
        "name": _lt("Identity card only: lodging the request"),
        "category": "identity", "duration": 15, "persons_max": 4,
        "stage": "depot", "ants_reason": "CNI", "needs_device": True,
        "retrait": "titres_retrait",
        "pieces": [
            _lt("the pre-demande number of each person"),
            _lt("an identity photograph less than 6 months old, per person"),
            _lt("a proof of address less than one year old"),
        ],
    },
    "passeport_depot": {
        "name": _lt("Passport only: lodging the request"),
        "category": "identity", "duration": 20, "persons_max": 4,
        "stage": "depot", "ants_reason": "PASSPORT", "needs_device": True,
        "retrait": "titres_retrait",
        "pieces": [
            _lt("the pre-demande number of each person"),
            _lt("an identity photograph less than 6 months old, per person"),
            _lt("the tax stamp"),
            _lt("a proof of address less than one year old"),
        ],
    },
    "attestation_accueil": {
        "name": _lt("Certificate of accommodation for a visitor"),
        "category": "identity", "duration": 20,
        "pieces": [
            _lt("an identity document"), _lt("a proof of address"),
            _lt("proofs of income"), _lt("the tax stamp"),
        ],
    },
    "naissance": {
        "name": _lt("Declaring a birth"), "category": "civil", "duration": 20,
        "lead_min_hours": 0,
        "pieces": [
            _lt("the certificate of the maternity ward"),
            _lt("an identity document of the parents"),
            _lt("the family record book, if there is one"),
        ],
    },
    "reconnaissance": {
        "name": _lt("Recognising a child"), "category": "civil", "duration": 20,
        "pieces": [_lt("an identity document"), _lt("a proof of address")],
    },
    "deces": {
        "name": _lt("Declaring a death"), "category": "civil", "duration": 30,
        "lead_min_hours": 0,
        "pieces": [
            _lt("the death certificate of the doctor"),
            _lt("an identity document of the deceased"),
        ],
    },
    "mariage": {
        "name": _lt("Marriage file"), "category": "civil", "duration": 45,
        "pieces": [
            _lt("an identity document of each of you"),
            _lt("a proof of address of each of you"),
            _lt("the birth certificate of each of you"),
            _lt("the names of the witnesses, with their identity documents"),
        ],
    },
    "pacs": {
        "name": _lt("Registering a civil partnership (PACS)"),
        "category": "civil", "duration": 45,
        "pieces": [
            _lt("the PACS agreement"), _lt("an identity document of each of you"),
            _lt("the birth certificate of each of you"),
        ],
    },
    "prenom": {
        "name": _lt("Changing a first name or a surname"),
        "category": "civil", "duration": 30,
        "is_sensitive": True,
        "pieces": [_lt("an identity document"), _lt("the birth certificate")],
    },
    "cimetiere": {
        "name": _lt("Cemetery: burial plot"), "category": "civil", "duration": 30,
        "pieces": [
            _lt("an identity document"),
            _lt("the deed of the plot, if there is one"),
        ],
    },
    "ecole": {
        "name": _lt("Enrolling a child at school"),
        "category": "family", "duration": 20,
        "persons_max": 3,
        "pieces": [
            _lt("the family record book"), _lt("a proof of address"),
            _lt("the child's health record"),
        ],
    },
    "urbanisme": {
        "name": _lt("Planning: advice before works"), "category": "planning",
        "duration": 30,
        "pieces": [
            _lt("the reference of the plot of land"),
            _lt("a plan or a sketch of the project"),
        ],
    },
    "elections": {
        "name": _lt("Registering to vote"), "category": "elections",
        "duration": 10,
        "pieces": [_lt("an identity document"), _lt("a proof of address")],
    },
    "permanence": {
        "name": _lt("Meeting an elected representative"),
        "category": "elections", "duration": 20,
        "lead_min_hours": 24, "has_waiting_list": False,
        "description": _lt(
            "Say in a few words what it is about: your visit is prepared."
        ),
        "questions": [(_lt("What do you want to talk about?"), "long", True)],
    },
    "social": {
        "name": _lt("Social support (CCAS)"), "category": "social", "duration": 45,
        "is_sensitive": True, "retention_days": 90,
        "pieces": [_lt("an identity document"), _lt("the last income tax notice")],
    },
    "logement": {
        "name": _lt("Request for social housing"), "category": "social", "duration": 30,
        "is_sensitive": True,
        "pieces": [_lt("an identity document"), _lt("the last income tax notice")],
    },
    "vaccination": {
        "name": _lt("Vaccination"),
        "category": "social", "duration": 10, "persons_max": 5,
        "is_sensitive": True, "retention_days": 30,
        "pieces": [
            _lt("the health insurance card (carte Vitale)"),
            _lt("the vaccination record"),
        ],
    },
    "numerique": {
        "name": _lt("Help with online procedures"), "category": "other", "duration": 45,
        "pieces": [_lt("your user names and passwords, if you have some")],
    },
}  # fmt: skip


def get_ready_made_words(env, code):
    """Return the words of ready-made procedures: the environment's -> a language's.

    Empty for a language that does not have them: only its .po can tell.

    :param code: language, as "en_US"
    """
    there = env["res.users"].with_context(lang=code).env
    words = {env._(text): there._(text) for text in _get_texts()}
    is_known = code.startswith("en") or any(
        there._(text) != str(text._source) for text in _get_texts()
    )
    return words if is_known else {}


def _get_texts():
    for vals in READY_MADE.values():
        yield vals["name"]
        yield from filter(None, [vals.get("description")])
        yield from vals.get("pieces", ())
        yield from (question[0] for question in vals.get("questions", ()))
