"""Screens of mairie_scrutin: the results for everyone, the evening of the supervisor."""

from .page import Page

STATION = "/bureau/demo-bureau-0005-aubin"
FIGURES = {
    "voters": {"inscrits": "957", "emargements": "555", "votants": "556"},
    "ballots": {"blancs": "9", "nuls": "6", "exprimes": "541", "annexes": "15"},
}


def let_in(tab, url):
    """The president's code of the demo."""
    tab.fill("#pin", "482915")
    tab.fill("#device-name", "Téléphone de Mme Roy")
    tab.click(".m-button--primary")
    tab.wait_for_selector(".b-tasks")


def open_task(tab, task):
    tab.click(f"[data-task={task}] button")
    tab.wait_for_selector(".b-form, #photo", state="attached")


def type_result(tab, votes=("318", "201", "22")):
    """The report up to the page that is read aloud."""
    open_task(tab, "result")
    for figures in FIGURES.values():
        for name, text in figures.items():
            tab.fill(f"#{name}", text)
        tab.click(".m-button--primary")
    tab.wait_for_selector("input[id^='votes.']")
    for field, text in zip(
        tab.locator("input[id^='votes.']").all(), votes, strict=True
    ):
        field.fill(text)


def open_link(tab, name):
    tab.click(f".b-links [data-link={name}] button")


def phone_people(tab, url):
    let_in(tab, url)
    open_link(tab, "people")


def phone_tellers(tab, url):
    """A form that was sent without a birth date."""
    let_in(tab, url)
    open_link(tab, "tellers")
    tab.fill("#firstname", "Ida")
    tab.fill("#name", "Noël")
    tab.click(".m-button--primary")


def verify(tab, url):
    tab.locator(".modal button[name='action_verify']").click()


def replace(tab, url):
    tab.locator("button[name='action_replace']").first.click()


def show_sections(tab, url):
    rows = tab.locator(".o_data_row, .o_kanban_record:not(.o_kanban_ghost)")
    rows.filter(has_text="Régionales").first.click()
    tab.locator(".nav-link[name='sections']").click()


def rehearse(tab, url):
    tab.locator(".o_list_button_add, .o-kanban-button-new").first.click()


def phone_opening(tab, url):
    let_in(tab, url)
    open_task(tab, "opening")


def phone_photo(tab, url):
    let_in(tab, url)
    open_task(tab, "photo")


def phone_votes(tab, url):
    """Three votes are missing: the difference is pinned below."""
    let_in(tab, url)
    type_result(tab, ("318", "201", "19"))


def phone_error(tab, url):
    let_in(tab, url)
    type_result(tab, ("318", "201", ""))
    tab.click(".m-button--primary")


def phone_read(tab, url):
    let_in(tab, url)
    type_result(tab)
    tab.click(".m-button--primary")


def phone_code(tab, url):
    phone_read(tab, url)
    tab.wait_for_selector("#same")
    tab.click("button:has-text('Dicter')")


def phone_day_code(tab, url):
    """The turnout of an hour as one line to dictate."""
    let_in(tab, url)
    open_task(tab, "turnout-12")
    tab.fill("#votants", "231")
    tab.click("#dictate")


def phone_spot(tab, url):
    """A voter whose card was not seen yet."""
    phone_people(tab, url)
    tab.wait_for_selector("#spot")
    tab.locator("#spot").evaluate("node => { node.open = true; }")
    tab.fill("#spot-firstname", "Inès")
    tab.click("#spot form button")


def tell(tab, url):
    tab.locator(".o_mairie_night_tell").click()


PAGES = [
    Page(name="scrutin_index", path="/resultats", weight=60),
    Page(
        name="scrutin_resultats",
        path="/resultats/municipales-2026-tour-1",
        ready="#resultats .r-bar",
        weight=60,
        picture=("phone", "desktop"),
    ),
    Page(
        name="scrutin_toulouse",
        path="/resultats/toulouse-2026-tour-1?bureau=5",
        ready="#mon-bureau",
        weight=60,
    ),
    Page(
        name="scrutin_bureaux",
        path="/resultats/toulouse-2026-tour-1/bureaux",
        ready="#bureaux",
        weight=90,  # 284 stations, each with its place and its figures
    ),
    Page(
        name="scrutin_donnees_ouvertes",
        path="/resultats/donnees-ouvertes",
        ready="#champs",
        weight=60,
    ),
    Page(
        name="scrutin_ecrans",
        path="/odoo/ecrans-resultats",
        login="superviseur",
        ready=".o_data_row, .o_kanban_record:not(.o_kanban_ghost)",
        scope=".o_data_row td.o_data_cell:not(:has(input[type=checkbox])), .o_kanban_record",
        weight=None,
    ),
    Page(
        name="scrutin_avant_l_heure",
        path="/resultats/departementales-partielles-tour-1",
        ready="#resultats",
        weight=60,
    ),
    Page(
        name="scrutin_soiree",
        path="/odoo/soiree",
        login="superviseur",
        ready=".o_mairie_night_call",
        scope=".o_mairie_night",
        weight=None,
        picture=("desktop",),
    ),
    Page(
        name="scrutin_tours",
        path="/odoo/tours",
        login="superviseur",
        ready=".o_kanban_record .progress-bar",
        scope=".o_kanban_renderer",
        weight=None,
    ),
    Page(
        name="scrutin_sieges",
        path="/odoo/sieges",
        login="superviseur",
        ready=".o_data_row, .o_kanban_record",
        scope=".o_data_row td.o_data_cell:not(:has(input[type=checkbox])), .o_kanban_record",
        weight=None,
    ),
    Page(
        name="scrutin_elus",
        path="/odoo/elus-proclames",
        login="superviseur",
        ready=".o_data_row, .o_kanban_record",
        scope=".o_data_row td.o_data_cell:not(:has(input[type=checkbox])), .o_kanban_record",
        weight=None,
    ),
    Page(
        name="scrutin_succession",
        path="/odoo/elus-proclames",
        login="superviseur",
        setup=replace,
        ready=".modal [name='explanation'] li",
        scope=".modal [name='explanation']",
        weight=None,
    ),
    Page(
        name="scrutin_sections",
        path="/odoo/sieges",
        login="superviseur",
        setup=show_sections,
        ready="table.o_mairie_tabular td",
        scope="[name='sections'] table",
        weight=None,
    ),
    Page(
        name="scrutin_comparaisons",
        path="/odoo/comparaisons",
        login="superviseur",
        ready=".o_graph_renderer canvas, .o_kanban_record",
        scope=".o_graph_renderer, .o_kanban_record",
        weight=None,
    ),
    Page(
        name="scrutin_preparation",
        path="/odoo/preparation-scrutin",
        login="organisation",
        ready=".o_kanban_record .o_mairie_figure",
        scope=".o_kanban_renderer",
        weight=None,
        picture=("desktop",),
    ),
    Page(
        name="scrutin_bureaux_membres",
        path="/odoo/bureaux-membres",
        login="organisation",
        ready=".o_data_row, .o_kanban_record",
        scope=".o_data_row td.o_data_cell:not(:has(input[type=checkbox])), .o_kanban_record",
        weight=None,
    ),
    Page(
        name="scrutin_membres",
        path="/odoo/membres",
        login="organisation",
        ready=".o_group_header, .o_kanban_record",
        scope=".o_group_header .o_group_name, .o_kanban_renderer",
        weight=None,
    ),
    Page(
        name="scrutin_exports",
        path="/odoo/exports-scrutin",
        login="superviseur",
        ready=".modal button[name='action_xlsx']",
        scope=".modal .o_form_view",
        weight=None,
        picture=("desktop",),
    ),
    Page(
        name="scrutin_verification",
        path="/odoo/verifier-journal",
        login="superviseur",
        setup=verify,
        ready=".modal .alert-success",
        scope=".modal .o_form_view",
        weight=None,
        picture=("desktop",),
    ),
    Page(
        name="scrutin_repetition",
        path="/odoo/repetition",
        login="superviseur",
        setup=rehearse,
        ready="button[name='action_start']",
        scope=".o_form_sheet .alert, .o_form_sheet .oe_title, .o_form_sheet > p",
        weight=None,
        picture=("desktop",),
    ),
    Page(name="scrutin_bureau_code", path=STATION, ready="#pin", weight=150),
    Page(
        name="scrutin_bureau",
        path=STATION,
        setup=let_in,
        ready=".b-tasks",
        weight=150,
        picture=("phone",),
    ),
    Page(
        name="scrutin_bureau_ouverture",
        path=STATION,
        setup=phone_opening,
        ready="#hour",
    ),
    Page(
        name="scrutin_bureau_voix",
        path=STATION,
        setup=phone_votes,
        ready="#difference",
        picture=("phone",),
    ),
    Page(
        name="scrutin_bureau_erreur", path=STATION, setup=phone_error, ready="#errors"
    ),
    Page(
        name="scrutin_bureau_membres_presents",
        path=STATION,
        setup=phone_people,
        ready=".b-people li",
        weight=150,
        picture=("phone",),
    ),
    Page(
        name="scrutin_bureau_scrutateurs",
        path=STATION,
        setup=phone_tellers,
        ready="#errors",
        weight=150,
    ),
    Page(name="scrutin_bureau_relire", path=STATION, setup=phone_read, ready="#same"),
    Page(name="scrutin_bureau_dicter", path=STATION, setup=phone_code, ready="#code"),
    Page(
        name="scrutin_bureau_dicter_heure",
        path=STATION,
        setup=phone_day_code,
        ready=".b-code--one",
    ),
    Page(
        name="scrutin_bureau_completer",
        path=STATION,
        setup=phone_spot,
        ready="#spot #errors",
    ),
    Page(
        name="scrutin_soiree_code",
        path="/odoo/soiree",
        login="operateur",
        setup=tell,
        ready=".modal [name='code_lines'] textarea",
        # the labels are Odoo's: on a phone their grey is under the contrast of the norm
        scope=".modal .o_form_view p, .modal [name='action_read_code'], .modal textarea",
        weight=None,
        picture=("desktop",),
    ),
    Page(
        name="scrutin_bureau_photo",
        path=STATION,
        setup=phone_photo,
        ready=".b-file",
    ),
    Page(
        name="scrutin_acces",
        path="/odoo/acces-bureaux",
        login="superviseur",
        ready=".o_data_row, .o_kanban_record",
        scope=".o_data_row td.o_data_cell:not(:has(input[type=checkbox])), .o_kanban_record",
        weight=None,
    ),
]
