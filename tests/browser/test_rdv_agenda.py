"""An agent drags an appointment in the agenda: it moves, and he says whether to tell."""

from datetime import date, timedelta

TOMORROW = date.today() + timedelta(days=1)
AGENDA = "/odoo/action-mairie_rdv.mairie_rdv_action_agenda"
TOWN = f"""
agent = env["res.users"].search([("login", "=", "rdv")])
lieu = env["mairie.rdv.lieu"].create(
    {{"name": "Agenda", "sequence": 99, "tz": "Europe/Paris",
     "user_ids": [(4, agent.id)]}})
demarche = env["mairie.rdv.demarche"].create(
    {{"name": "Glissière", "duration": 30, "lead_min_hours": 0}})
guichet = env["mairie.rdv.guichet"].create(
    {{"name": "A", "lieu_id": lieu.id, "demarche_ids": [(6, 0, demarche.ids)]}})
env["mairie.rdv.ouverture"].create({{
    "lieu_id": lieu.id, "guichet_ids": [(6, 0, guichet.ids)], "kind": "date",
    "date_from": "{TOMORROW}", "hour_from": 8.0, "hour_to": 18.0}})
env["mairie.rdv"].create({{
    "lieu_id": lieu.id, "demarche_id": demarche.id, "first_name": "Odile",
    "last_name": "Glissade", "email": "odile@exemple.example", "lang": "fr_FR",
    "start": lieu._read_start("{TOMORROW}T10:00")}})
"""
STATE = """
SELECT to_char(start AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/Paris', 'HH24:MI'),
       (SELECT count(*) FROM mairie_rdv_envoi
         WHERE rdv_id = rdv.id AND kind = 'moved')
  FROM mairie_rdv rdv WHERE last_name ILIKE 'glissade'
"""


def read(town):
    connection = town.connect()
    with connection, connection.cursor() as cursor:
        cursor.execute(STATE)
        found = cursor.fetchone()
    connection.close()
    return found


def becomes(town, page, expected):
    """Tell whether the appointment comes to a state: the screen acts, then the server."""
    for _try in range(100):
        if read(town) == expected:
            return True
        page.wait_for_timeout(100)
    return False


def drag(page, hours):
    """Drag the appointment down the day by whole hours."""
    box = page.locator(".fc-event:has-text('Glissade')").first.bounding_box()
    rows = [
        page.locator(f".fc-timegrid-slot-lane[data-time='{hour}:00:00']").bounding_box()
        for hour in ("10", "11")
    ]
    step = (rows[1]["y"] - rows[0]["y"]) * hours
    x, y = box["x"] + box["width"] / 2, box["y"] + 8
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y + step / 2, steps=6)
    page.mouse.move(x, y + step, steps=6)
    page.mouse.up()


def show(page):
    """Show the week of the appointment."""
    page.wait_for_selector(".fc-timegrid-slot-lane")
    if TOMORROW.weekday() == 0:
        page.click(".o_calendar_button_next")
    page.wait_for_selector(".fc-event:has-text('Glissade')")


def test_dragging_moves_asks_and_tells(town, chromium, sessions):
    town.execute(TOWN)
    context = chromium.new_context(
        viewport={"width": 1280, "height": 1400},
        locale="fr-FR",
        timezone_id="Europe/Paris",
    )
    context.add_cookies(sessions("rdv"))
    page = context.new_page()
    page.goto(town.url + AGENDA)
    show(page)
    drag(page, 1)
    note = page.locator(".o_notification", has_text="Prévenir l'usager")
    note.wait_for()
    assert read(town) == ("11:00", 0), "moved at once, and nobody is told yet"
    note.get_by_role("button", name="Annuler", exact=True).click()
    note.wait_for(state="detached")
    assert becomes(town, page, ("10:00", 0)), "taken back"
    page.reload()
    show(page)
    drag(page, 1)
    note.wait_for()
    note.get_by_role("button", name="Prévenir", exact=True).click()
    assert becomes(town, page, ("11:00", 1)), "told once"
    context.close()
