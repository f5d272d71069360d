"""The secretary types the date of a new sitting: it stays in sight."""


def test_a_date_that_is_typed_stays_in_sight(town, chromium, sessions):
    """What follows from it is computed by the server; Odoo's own field went blank."""
    with chromium.new_context(locale="fr-FR", timezone_id="Europe/Paris") as context:
        context.add_cookies(sessions("secretaire"))
        tab = context.new_page()
        tab.goto(f"{town.url}/odoo/action-mairie_elus.mairie_seance_action/new")
        tab.click("[name=date_start] input")
        tab.keyboard.type("15/12/2032 18:30")
        tab.keyboard.press("Tab")
        tab.wait_for_selector("h1:has-text('15/12/2032')")
        assert "18:30" in tab.inner_text("[name=date_start] button")
