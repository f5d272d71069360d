"""Procedures that most town halls receive for, ready to be added.

French data, as a town hall words them; everything may be changed afterwards.
"""

#: key -> values of mairie.rdv.demarche; "pieces" is a list, "retrait" another key
READY_MADE = {
    "titres_depot": {
        "name": "Carte d'identité, passeport : déposer la demande",
        "category": "identity", "duration": 20, "persons_max": 4,
        "stage": "depot", "ants_reason": "CNI-PASSPORT", "needs_device": True,
        "retrait": "titres_retrait",
        "pieces": [
            "le numéro de pré-demande de chaque personne",
            "une photo d'identité de moins de 6 mois, par personne",
            "un justificatif de domicile de moins d'un an",
            "l'ancien titre, s'il y en a un",
        ],
    },
    "titres_retrait": {
        "name": "Carte d'identité, passeport : retirer le titre",
        "category": "identity", "duration": 10, "persons_max": 4,
        "stage": "retrait", "ants_reason": "CNI-PASSPORT", "needs_device": True,
        "pieces": ["l'ancien titre", "le récépissé de la demande"],
    },
    "cni_depot": {
        "name": "Carte d'identité seule : déposer la demande",
        "category": "identity", "duration": 15, "persons_max": 4,
        "stage": "depot", "ants_reason": "CNI", "needs_device": True,
        "retrait": "titres_retrait",
        "pieces": [
            "le numéro de pré-demande de chaque personne",
            "une photo d'identité de moins de 6 mois, par personne",
            "un justificatif de domicile de moins d'un an",
        ],
    },
    "passeport_depot": {
        "name": "Passeport seul : déposer la demande",
        "category": "identity", "duration": 20, "persons_max": 4,
        "stage": "depot", "ants_reason": "PASSPORT", "needs_device": True,
        "retrait": "titres_retrait",
        "pieces": [
            "le numéro de pré-demande de chaque personne",
            "une photo d'identité de moins de 6 mois, par personne",
            "le timbre fiscal",
            "un justificatif de domicile de moins d'un an",
        ],
    },
    "attestation_accueil": {
        "name": "Attestation d'accueil",
        "category": "identity", "duration": 20,
        "pieces": [
            "une pièce d'identité", "un justificatif de domicile",
            "les justificatifs de ressources", "le timbre fiscal",
        ],
    },
    "naissance": {
        "name": "Déclarer une naissance", "category": "civil", "duration": 20,
        "lead_min_hours": 0,
        "pieces": [
            "le certificat de la maternité", "une pièce d'identité des parents",
            "le livret de famille, s'il y en a un",
        ],
    },
    "reconnaissance": {
        "name": "Reconnaître un enfant", "category": "civil", "duration": 20,
        "pieces": ["une pièce d'identité", "un justificatif de domicile"],
    },
    "deces": {
        "name": "Déclarer un décès", "category": "civil", "duration": 30,
        "lead_min_hours": 0,
        "pieces": ["le certificat de décès", "une pièce d'identité du défunt"],
    },
    "mariage": {
        "name": "Dossier de mariage", "category": "civil", "duration": 45,
        "pieces": [
            "une pièce d'identité de chacun", "un justificatif de domicile de chacun",
            "l'acte de naissance de chacun", "l'identité des témoins",
        ],
    },
    "pacs": {
        "name": "Enregistrer un PACS", "category": "civil", "duration": 45,
        "pieces": [
            "la convention de PACS", "une pièce d'identité de chacun",
            "l'acte de naissance de chacun",
        ],
    },
    "prenom": {
        "name": "Changer de prénom ou de nom", "category": "civil", "duration": 30,
        "is_sensitive": True,
        "pieces": ["une pièce d'identité", "l'acte de naissance"],
    },
    "cimetiere": {
        "name": "Cimetière : concession", "category": "civil", "duration": 30,
        "pieces": ["une pièce d'identité", "le titre de concession, s'il y en a un"],
    },
    "ecole": {
        "name": "Inscrire un enfant à l'école", "category": "family", "duration": 20,
        "persons_max": 3,
        "pieces": [
            "le livret de famille", "un justificatif de domicile",
            "le carnet de santé de l'enfant",
        ],
    },
    "urbanisme": {
        "name": "Urbanisme : conseil avant travaux", "category": "planning",
        "duration": 30,
        "pieces": ["la référence de la parcelle", "un plan ou un croquis du projet"],
    },
    "elections": {
        "name": "S'inscrire sur les listes électorales", "category": "elections",
        "duration": 10,
        "pieces": ["une pièce d'identité", "un justificatif de domicile"],
    },
    "permanence": {
        "name": "Rencontrer un élu", "category": "elections", "duration": 20,
        "lead_min_hours": 24, "has_waiting_list": False,
        "description": "Dites en deux mots de quoi vous voulez parler : "
        "l'élu prépare votre venue.",
        "questions": [("De quoi voulez-vous parler ?", "long", True)],
    },
    "social": {
        "name": "Aide sociale (CCAS)", "category": "social", "duration": 45,
        "is_sensitive": True, "retention_days": 90,
        "pieces": ["une pièce d'identité", "le dernier avis d'imposition"],
    },
    "logement": {
        "name": "Demande de logement social", "category": "social", "duration": 30,
        "is_sensitive": True,
        "pieces": ["une pièce d'identité", "le dernier avis d'imposition"],
    },
    "vaccination": {
        "name": "Vaccination", "category": "social", "duration": 10, "persons_max": 5,
        "is_sensitive": True, "retention_days": 30,
        "pieces": ["la carte Vitale", "le carnet de vaccination"],
    },
    "numerique": {
        "name": "Aide aux démarches en ligne", "category": "other", "duration": 45,
        "pieces": ["vos identifiants, s'il y en a"],
    },
}  # fmt: skip
