"""Days and hours as people say them: « mardi 1er décembre », « 9 h 20 »."""

import re

from odoo.tools import format_date, format_time
from odoo.tools.misc import get_lang


def _is_french(env):
    return get_lang(env).code.startswith("fr")


def date_label(env, day, year=False, short=False):
    """Return "jeudi 17 décembre", with the year when asked or when it helps.

    :param env: its language decides
    :param short: "jeu. 17/12"
    """
    pattern = "EEEE d MMMM y" if year else "EEEE d MMMM"
    if short:
        pattern = "EEE dd/MM" if _is_french(env) else "EEE d MMM"
    if not _is_french(env):
        return format_date(env, day, date_format=pattern)
    label = format_date(env, day, lang_code="fr_FR", date_format=pattern)
    return re.sub(r" 1 ", " 1er ", label)


def time_label(env, time):
    """Return "9 h 20", "14 h"; elsewhere than in French the usual short form."""
    if not _is_french(env):
        return format_time(env, time, time_format="short")
    hour = f"{time.hour}\N{NO-BREAK SPACE}h"
    return f"{hour}\N{NO-BREAK SPACE}{time.minute:02}" if time.minute else hour


def moment_label(env, local, year=False):
    """Return "jeudi 17 décembre 2026 à 9 h 20" for a naive local datetime."""
    day = date_label(env, local.date(), year=year)
    return env._("%(day)s at %(time)s", day=day, time=time_label(env, local.time()))
