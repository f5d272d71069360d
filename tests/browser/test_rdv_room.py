"""The kiosk and the screen of the waiting room, from the ticket to the call."""

import re

KIOSK = "/rdv/borne/borne-de-demonstration"
ROOM = "/rdv/salle/salle-de-demonstration"
#: one appointment of the demo town is made that of this minute, on a place of its own
EXPECTED = """
UPDATE mairie_rdv SET state = 'confirmed', place = 90, called_at = NULL,
       start = date_trunc('minute', now() AT TIME ZONE 'UTC'),
       stop = date_trunc('minute', now() AT TIME ZONE 'UTC') + interval '20 min',
       busy_start = date_trunc('minute', now() AT TIME ZONE 'UTC'),
       busy_stop = date_trunc('minute', now() AT TIME ZONE 'UTC') + interval '20 min'
 WHERE id = (SELECT rdv.id FROM mairie_rdv rdv
               JOIN mairie_rdv_lieu lieu ON lieu.id = rdv.lieu_id
              WHERE lieu.kiosk_token = 'borne-de-demonstration'
                AND rdv.state = 'done' ORDER BY rdv.id LIMIT 1)
RETURNING id, code
"""
CALLED = """
UPDATE mairie_rdv SET state = 'in_progress', called_at = now() AT TIME ZONE 'UTC'
 WHERE id = %s
"""


def run(town, query, values=None):
    connection = town.connect()
    with connection, connection.cursor() as cursor:
        cursor.execute(query, values)
        found = cursor.fetchone() if cursor.description else None
    connection.close()
    return found


def test_ticket_is_noted_then_called_without_any_name(town, chromium):
    rdv_id, code = run(town, EXPECTED)
    context = chromium.new_context(locale="fr-FR")
    room, kiosk = context.new_page(), context.new_page()
    room.goto(town.url + ROOM)
    kiosk.goto(town.url + KIOSK)
    assert kiosk.evaluate("document.activeElement.id") == "code", "ready for the reader"
    kiosk.keyboard.type(code.lower())
    kiosk.keyboard.press("Enter")
    kiosk.wait_for_selector(".m-alert--success")
    assert re.search(r"Vous êtes attendu", kiosk.inner_text("h1"))
    assert run(town, "SELECT state FROM mairie_rdv WHERE id = %s", [rdv_id]) == (
        "arrived",
    )
    run(town, CALLED, [rdv_id])
    spelled = f"{code[:3]} {code[3:]}"
    room.wait_for_selector(f"#calls li:has-text('{spelled}')", timeout=15_000)
    assert room.locator("#calls li").first.inner_text().startswith(spelled)
    context.close()


def test_kiosk_without_scripts_forgets_whoever_has_left(town, chromium):
    context = chromium.new_context(locale="fr-FR", java_script_enabled=False)
    page = context.new_page()
    page.goto(town.url + KIOSK)
    page.fill("#code", "ZZZZZZ")
    page.press("#code", "Enter")
    page.wait_for_selector(".m-alert--warning")
    assert page.locator("meta[http-equiv=refresh]").count() == 1
    context.close()
