import json

from odoo.addons.mairie_base.controllers.public import PublicController
from odoo.exceptions import AccessDenied, AccessError, UserError
from odoo.http import request, route

from ..lib.access_code import MIN_WITH_LOCKOUT, is_strong

SHOW = {"type": "http", "auth": "public", "website": True, "sitemap": False}
PENDING = "mairie_social_letter"


class EntryController(PublicController):
    """« Entrer par QR »: a letter, a name, two choices. Light, without e-mail or SMS.

    Looking at the page uses nothing up; a choice does.
    """

    @route("/entrer", methods=["GET"], **SHOW)
    def by_hand(self, **params):
        return self._render_public("mairie_social.public_entry_code", {})

    @route("/entrer", methods=["POST"], **SHOW)
    def check_code(self, number="", code="", **form):
        """Find the letter of whoever typed its code; then the same page as by QR."""
        values = {"number": number}
        try:
            letter = request.env["mairie.social.invitation"]._find_by_code(number, code)
        except AccessDenied as error:
            values["error"] = error.args[0]
            return self._render_public(
                "mairie_social.public_entry_code", values, status=429
            )
        if not letter:
            values["error"] = request.env._(
                "This number and this code do not go together. Read the letter again."
            )
            return self._render_public(
                "mairie_social.public_entry_code", values, status=400
            )
        request.session[PENDING] = letter.id
        return request.redirect("/entrer/choisir", code=303)

    @route("/entrer/aide", methods=["GET"], **SHOW)
    def help(self, **params):
        """Forgotten password: whom to see, since there is no e-mail to send."""
        company = self._get_public_company()
        helper = company._get_mairie_ambassador().sudo()
        return self._render_public(
            "mairie_social.public_entry_help",
            {"helper": helper.name or "", "phone": helper.partner_id.phone or ""},
        )

    @route("/entrer/<string:token>", methods=["GET"], **SHOW)
    def by_letter(self, token, **params):
        Invitation = request.env["mairie.social.invitation"]
        letter = Invitation._find(token)
        if not letter:
            return self._refuse(Invitation._find_used(token))
        request.session[PENDING] = letter.id
        return request.redirect("/entrer/choisir", code=303)

    @route("/entrer/choisir", methods=["GET"], **SHOW)
    def choose(self, **params):
        letter = self._get_pending()
        if not letter:
            return self._refuse(letter)
        return self._render_public(
            "mairie_social.public_entry_choice", self._prepare_choice(letter)
        )

    @route("/entrer/phrase", methods=["POST"], **SHOW)
    def set_phrase(self, phrase="", again="", **form):
        """Enter with a secret sentence or a password."""
        letter = self._get_pending()
        if not letter:
            return self._refuse(letter)
        error = self._check_phrase(phrase, again)
        if error:
            values = dict(self._prepare_choice(letter), error=error)
            return self._render_public(
                "mairie_social.public_entry_choice", values, status=400
            )
        try:
            letter._consume()
        except AccessError:
            return self._refuse(letter)
        user = letter.user_id
        user._change_password(phrase)
        request.env.cr.flush()
        credential = {"login": user.login, "password": phrase, "type": "password"}
        request.session.pop(PENDING, None)
        request.session.authenticate(request.env, credential)
        return request.redirect("/odoo/accueil", code=303)

    @route("/entrer/cle/debut", methods=["POST"], **SHOW)
    def start_key(self, **form):
        """What the telephone needs to make a key (WebAuthn), as JSON."""
        letter = self._get_pending()
        if not letter:
            return request.make_json_response({"error": True}, status=404)
        options = letter._start_key()
        request.session["webauthn_challenge"] = options["challenge"]
        return request.make_json_response(options)

    @route("/entrer/cle/fin", methods=["POST"], **SHOW)
    def finish_key(self, registration="", **form):
        """Keep the key that the telephone made, and open the session."""
        letter = self._get_pending()
        if not letter:
            return request.make_json_response({"error": True}, status=404)
        try:
            letter._finish_key(json.loads(registration))
        except (ValueError, UserError, AccessDenied) as error:
            message = str(error.args[0]) if error.args else ""
            return request.make_json_response({"error": message}, status=400)
        request.session.pop(PENDING, None)
        self._open_session(letter.user_id)
        return request.make_json_response({"next": "/odoo/accueil"})

    def _open_session(self, user):
        session = request.session
        session.update({"pre_login": user.login, "pre_uid": user.id})
        session.finalize(request.env)
        request.update_env(user=user.id)
        user._update_last_login()

    def _get_pending(self):
        """:return: the living letter that this browser opened, sudoed, or an empty set"""
        Invitation = request.env["mairie.social.invitation"].sudo()
        letter = Invitation.browse(request.session.get(PENDING) or 0).exists()
        return letter if letter and letter._is_alive() else Invitation.browse()

    def _prepare_choice(self, letter):
        user = letter.user_id
        name = user.employee_ids[:1].name or user.name
        return {
            "first_name": name.split()[0] if name else "",
            "login": user.login,
            "min_length": MIN_WITH_LOCKOUT,
        }

    def _check_phrase(self, phrase, again):
        """:return: what is wrong with a new password, or an empty text"""
        if phrase != again:
            return request.env._("The two sentences differ. Type them again.")
        if not is_strong(phrase, lockout=True):
            return request.env._(
                "Too easy to guess: 8 signs with capitals, small letters and figures,"
                " or a sentence of several words."
            )
        return ""

    def _refuse(self, letter):
        """The same page for what never existed, is over, or was used."""
        helper = letter.create_uid.sudo() if letter else request.env["res.users"]
        company = self._get_public_company()
        helper = helper or company._get_mairie_ambassador().sudo()
        return self._render_public(
            "mairie_social.public_entry_refused",
            {
                "was_used": bool(letter and letter.used_at),
                "helper": helper.name or "",
                "phone": helper.partner_id.phone or "",
            },
            status=404,
        )
