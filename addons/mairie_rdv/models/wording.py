"""Days and hours as people say them: « mardi 1er décembre », « 9 h 20 »."""

import re
from functools import lru_cache

import babel.dates
from odoo.tools import format_date, format_time
from odoo.tools.misc import get_lang


def in_town_language(records, company):
    """Return records with the words that the town wrote in its own language."""
    lang = company.sudo().partner_id.lang
    is_there = lang and records.env["res.lang"]._get_data(code=lang)
    return records.with_context(lang=lang) if is_there else records


def public_words(record, company, *names):
    """Return what citizens read of a record: by field its text and its language.

    ``<name>_lang`` is None for the language of the page: screen readers must hear of
    another one, that of the town where nobody has translated yet (RGAA 8.7).
    """
    own = company._get_mairie_words_lang()
    town = in_town_language(record, company) if own else record
    words = {name: record[name] or "" for name in names}
    return words | {
        f"{name}_lang": own if record[name] == town[name] else None for name in names
    }


def _is_french(env):
    return (env.lang or get_lang(env).code).startswith("fr")


@lru_cache(maxsize=1000)  # a page says the same days at each of their times
def _french_day(day, pattern):
    label = babel.dates.format_date(day, pattern, locale="fr_FR")
    return re.sub(r" 1 ", " 1er ", label)


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
    return _french_day(day, pattern)


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
