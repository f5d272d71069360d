"""The secretary plans a sitting: what is typed stays in sight, services find it at once."""


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


def test_a_meeting_planned_since_is_among_the_choices_of_a_draft(
    town, chromium, sessions
):
    """A browser keeps the choices of a field with the view, for days."""
    choices = "[name=seance_choice] input"
    item = ".o_select_menu_item:has-text('16/12/2032')"
    with (
        chromium.new_context(locale="fr-FR", timezone_id="Europe/Paris") as desk,
        chromium.new_context(locale="fr-FR", timezone_id="Europe/Paris") as service,
    ):
        service.add_cookies(sessions("agent"))
        draft = service.new_page()
        draft.goto(f"{town.url}/odoo/projets/new")
        draft.click(choices)
        draft.wait_for_selector(".o_select_menu_item")
        assert not draft.query_selector(item)
        desk.add_cookies(sessions("secretaire"))
        tab = desk.new_page()
        tab.goto(f"{town.url}/odoo/action-mairie_elus.mairie_seance_action/new")
        tab.click("[name=date_start] input")
        tab.keyboard.type("16/12/2032 18:30")
        tab.keyboard.press("Tab")
        tab.wait_for_selector("h1:has-text('16/12/2032')")
        tab.click(".o_form_button_save")
        tab.wait_for_function("/[0-9]$/.test(location.pathname)")
        draft.reload()
        draft.click(choices)
        draft.wait_for_selector(item)
