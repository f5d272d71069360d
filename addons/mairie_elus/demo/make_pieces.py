"""Make the PDF documents of the demo meetings again: ``python make_pieces.py``.

Invented contents of an invented town. The files are committed beside this script.
"""

from pathlib import Path

from weasyprint import HTML

HERE = Path(__file__).parent / "pieces"
STYLE = """
@page { size: A4; margin: 24mm 22mm; @bottom-right { content: counter(page) "/" counter(pages); font-size: 8pt } }
html { font-family: "DejaVu Sans", sans-serif; font-size: 10pt; line-height: 1.5 }
h1 { font-size: 16pt; line-height: 1.25; border-bottom: 1.5pt solid #1f4e79; padding-bottom: 3mm }
h2 { font-size: 12pt; margin-top: 6mm }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums }
th, td { border: .5pt solid #6c757d; padding: 1.5mm 2mm; text-align: left }
td.n, th.n { text-align: right; white-space: nowrap }
.plan { height: 150mm; border: 1pt solid #14181c; position: relative }
.plan div { position: absolute; border: 1pt solid #14181c; padding: 2mm; font-size: 8pt }
.new { break-before: page }
"""


def table(head, rows):
    """Return a table; the last column holds figures."""
    cells = "".join(f"<th>{cell}</th>" for cell in head[:-1])
    lines = "".join(
        "<tr>"
        + "".join(f"<td>{cell}</td>" for cell in row[:-1])
        + f"<td class='n'>{row[-1]}</td></tr>"
        for row in rows
    )
    return f"<table><tr>{cells}<th class='n'>{head[-1]}</th></tr>{lines}</table>"


def articles(*texts):
    """Return the numbered articles of an act."""
    return "".join(
        f"<h2>Article {number}</h2><p>{text}</p>"
        for number, text in enumerate(texts, 1)
    )


PIECES = {
    "proces_verbal": (
        "Procès-verbal de la séance précédente",
        "<p>Le conseil municipal, légalement convoqué, s'est réuni à 19 heures en"
        " mairie, sous la présidence de Mme Hélène Tessier, maire.</p>"
        "<p>En exercice : 33. Présents : 29. Pouvoirs : 3. Secrétaire de séance :"
        " M. Sébastien Oger.</p>"
        "<h2>Délibérations adoptées</h2>"
        + table(
            ["N°", "Objet", "Vote"],
            [
                ("1", "Garantie d'emprunt, résidence des Mariniers", "unanimité"),
                ("2", "Règlement du cimetière", "unanimité"),
                (
                    "3",
                    "Subvention exceptionnelle au club nautique",
                    "27 pour, 5 contre",
                ),
                ("4", "Vœu sur la desserte ferroviaire", "unanimité"),
            ],
        )
        + "<h2 class='new'>Débats</h2><p>Sur le point 3, M. Renaud demande le détail"
        " des dépenses du club. M. Lemoine indique que les comptes sont à la"
        " disposition de tous au service des sports.</p>",
    ),
    "decisions_maire": (
        "Décisions du maire prises par délégation",
        table(
            ["N°", "Objet", "Montant TTC"],
            [
                ("2026-71", "Achat de mobilier, école Jules-Ferry", "11 482 €"),
                ("2026-72", "Location de la salle La Gabare, trois dates", "960 €"),
                ("2026-73", "Marché de sel de déneigement", "23 700 €"),
                ("2026-74", "Concession de cimetière, 30 ans", "420 €"),
                ("2026-75", "Avenant au contrat d'entretien des ascenseurs", "3 118 €"),
            ],
        ),
    ),
    "decision_modificative": (
        "Décision modificative n° 3 du budget principal",
        "<h2>Section de fonctionnement</h2>"
        + table(
            ["Chapitre", "Libellé", "Montant"],
            [
                ("011", "Énergie, combustibles", "+ 84 000 €"),
                ("012", "Charges de personnel", "+ 36 500 €"),
                ("73", "Droits de mutation", "+ 120 500 €"),
            ],
        )
        + "<h2>Section d'investissement</h2>"
        + table(
            ["Opération", "Libellé", "Montant"],
            [
                ("2104", "Toiture de l'école Jacques-Prévert", "+ 215 000 €"),
                ("2107", "Quai de la Marine, études", "− 65 000 €"),
                ("10", "Fonds de compensation de la TVA", "+ 150 000 €"),
            ],
        )
        + "<h2 class='new'>Équilibre général</h2><p>Après cette décision, la section"
        " de fonctionnement s'équilibre à 21 406 300 € et la section"
        " d'investissement à 8 972 000 €.</p>",
    ),
    "tarifs": (
        "Tarifs municipaux de l'année prochaine",
        "<h2>Restauration scolaire, par repas</h2>"
        + table(
            ["Quotient familial", "Tarif actuel", "Tarif proposé"],
            [
                ("moins de 400", "1,00 €", "1,00 €"),
                ("401 à 800", "2,35 €", "2,40 €"),
                ("801 à 1 200", "3,40 €", "3,50 €"),
                ("plus de 1 200", "4,55 €", "4,70 €"),
            ],
        )
        + "<h2>Salles municipales, la journée</h2>"
        + table(
            ["Salle", "Habitants", "Extérieurs"],
            [
                ("La Gabare", "310 €", "620 €"),
                ("Maison des associations", "85 €", "190 €"),
            ],
        ),
    ),
    "convention_musique": (
        "Convention avec l'école de musique de la Levée",
        "<p>Entre la commune de Saint-Aubin-sur-Loire et l'association École de"
        " musique de la Levée, il est convenu ce qui suit.</p>"
        + articles(
            "L'association enseigne la musique aux enfants et aux adultes de la"
            " commune et intervient dans les écoles deux heures par semaine.",
            "La commune verse une subvention de 92 000 € par an, en trois fois.",
            "La commune met à disposition la salle Boulez, 140 m², à titre gratuit.",
            "L'association remet ses comptes avant le 30 avril de chaque année.",
            "La convention dure trois ans. Elle se dénonce trois mois à l'avance.",
        ),
    ),
    "plan_voirie": (
        "Rue du Port : plan d'alignement projeté",
        "<p>Échelle 1/500. Zone 30, piste cyclable de 1,80 m, 14 arbres.</p>"
        "<div class='plan'><div style='left:8mm;top:12mm;width:50mm'>Parcelle AK 112"
        "</div><div style='left:70mm;top:12mm;width:70mm'>Parcelle AK 113</div>"
        "<div style='left:0;top:55mm;width:160mm;height:16mm'>Rue du Port, chaussée"
        " 5,50 m</div><div style='left:0;top:76mm;width:160mm'>Piste cyclable</div>"
        "<div style='left:30mm;top:105mm;width:90mm'>Quai de la Marine</div></div>",
    ),
    "rapport_eau": (
        "Rapport annuel sur le prix et la qualité de l'eau",
        "<h2>Chiffres de l'année</h2>"
        + table(
            ["Indicateur", "Unité", "Valeur"],
            [
                ("Abonnés", "nombre", "8 214"),
                ("Volume vendu", "m³", "812 400"),
                ("Rendement du réseau", "%", "86,2"),
                ("Prix pour 120 m³", "€/m³ TTC", "4,12"),
            ],
        )
        + "<h2>Qualité</h2><p>Les 62 analyses de l'année sont conformes.</p>"
        + "<h2 class='new'>Travaux</h2><p>1,4 km de conduites ont été remplacés.</p>",
    ),
    "avis_domaines": (
        "Avis de la direction de l'immobilier de l'État",
        "<p>Bien : parcelle AK 113, 842 m², 6 rue du Port.</p><p>Valeur vénale :"
        " 138 000 €, marge d'appréciation de 10 %.</p><p>Durée de validité : 18"
        " mois.</p>",
    ),
}


def main():
    HERE.mkdir(exist_ok=True)
    for name, (title, body) in PIECES.items():
        page = (
            f"<html lang='fr'><head><title>{title}</title><style>{STYLE}</style></head>"
            f"<body><h1>{title}</h1>{body}</body></html>"
        )
        HTML(string=page).write_pdf(HERE / f"{name}.pdf", pdf_variant="pdf/ua-1")


if __name__ == "__main__":
    main()
