"""`make store`: the page of each addon in the list of applications, from its readme."""

import ast
import shutil
import sys
from html import escape

import markdown

from devtools import settings

PICTURES = settings.ROOT / "docs/images"
# What an addon shows of itself; those without a screen of their own show none.
SHOWN = {
    "mairie_base": ["base_reglages_desktop"],
    "mairie_elus": ["elus_seances_desktop", "elus_convoquer_desktop"],
    "mairie_rdv": ["rdv_jour_desktop", "rdv_jours_phone"],
    "mairie_scrutin": ["scrutin_soiree_desktop", "scrutin_resultats_phone"],
    "mairie_social": ["social_accueil_desktop", "social_accueil_phone"],
}
PAGE = """<section class="oe_container">
<h1>{name}</h1>
<p class="lead">{summary}</p>
{description}
{pictures}
</section>
<section class="oe_container">
<h2>Use</h2>
{usage}
</section>
"""
PICTURE = (
    '<p><img class="img-fluid" src="{name}.png" alt="A screen of the demo town"/></p>'
)


def page(addon):
    """The HTML page of an addon, with the names of its pictures."""
    folder = settings.ADDONS / addon
    manifest = ast.literal_eval((folder / "__manifest__.py").read_text())
    return PAGE.format(
        name=escape(manifest["name"]),
        summary=escape(manifest["summary"]),
        description=_html(folder / "readme/DESCRIPTION.md"),
        usage=_html(folder / "readme/USAGE.md"),
        pictures="\n".join(PICTURE.format(name=name) for name in SHOWN.get(addon, [])),
    )


def _html(path):
    return markdown.markdown(path.read_text(), extensions=["tables", "sane_lists"])


def main():
    for addon in settings.our_addons():
        target = settings.ADDONS / addon / "static/description"
        target.joinpath("index.html").write_text(page(addon))
        for name in SHOWN.get(addon, []):
            shutil.copy(PICTURES / f"{name}.png", target)
        sys.stdout.write(f"{addon}\n")


if __name__ == "__main__":
    main()
