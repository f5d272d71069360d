"""A letter and a telephone, no password: the key that is made opens the door again."""

import base64
import re

from playwright.sync_api import expect

LETTER = """
env["ir.config_parameter"].set_param("web.base.url", "{base}")
agent = env["res.users"].with_context(no_reset_password=True).create({{
    "name": "Fatou Diallo",
    "login": "00987",
    "lang": "fr_FR",
    "group_ids": [(6, 0, env.ref("mairie_base.group_agent").ids)],
}})
letter = env["mairie.social.invitation"]._renew(agent)[0]
env.cr.commit()
env.registry.signal_changes()  # the server that runs hears of it
print("TOKEN", letter["token"])
"""
TELEPHONE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def test_a_key_made_from_a_letter_signs_in_without_a_login(town, chromium):
    base = f"http://localhost:{town.port}"  # browsers make keys for it without HTTPS
    token = re.search(r"TOKEN (\S+)", town.execute(LETTER.format(base=base)))[1]
    context = chromium.new_context(
        viewport={"width": 360, "height": 740}, locale="fr-FR"
    )
    tab = context.new_page()
    client = context.new_cdp_session(tab)
    client.send("WebAuthn.enable")
    telephone = client.send("WebAuthn.addVirtualAuthenticator", {"options": TELEPHONE})

    tab.goto(f"{base}/entrer/{token}")
    tab.click(".m-entry-key button")
    expect(tab.locator(".o_mairie_home h1")).to_be_visible(timeout=60_000)

    # Odoo's sign-in sends the owner back as text, which its server reads as base64url:
    # bytes of an id of one or five figures would be refused there.
    [key] = client.send("WebAuthn.getCredentials", telephone)["credentials"]
    owner = base64.b64decode(key["userHandle"])
    assert base64.urlsafe_b64decode(owner + b"==").isdigit()

    context.clear_cookies()
    # The link does nothing until the scripts of the page have come.
    tab.goto(f"{base}/web/login", wait_until="networkidle")
    tab.click(".passkey_login_link")
    expect(tab.locator(".o_mairie_home h1")).to_be_visible(timeout=60_000)

    context.clear_cookies()
    tab.goto(f"{base}/entrer/{token}")
    expect(tab.locator("h1")).to_contain_text("déjà servi")
    context.close()
