"""Rows that go into the chain of a round, as plain values with natural keys.

Each ``read_*`` gives [(kind, id, value)], oldest first: all rows of the round, or those
without a link, or those among the ones that were just written. Plain SQL: it also runs
where no registry is at hand, after a commit.
"""

from odoo.tools import SQL

BATCH = 2000
# What an entry tells, where its table has it: other parts of the module add columns.
ENTRY = (
    "source kind rang version author uuid inscrits votants emargements enveloppes blancs "
    "nuls exprimes annexes has_annexes nul_causes comment source_line"
).split()
TURNOUT = ("uuid", "hour", "votants", "source", "reason")
EVERY, MISSING = "every", "missing"


def read_states(cr, tour_id):
    """What may change: [("entete", head), ("listes", lists), ("bureaux", numbers)].

    :return: None for a round unknown
    """
    cr.execute(
        SQL(
            """
            SELECT (SELECT coalesce(array_agg(ARRAY[panneau, name, coalesce(head, '')]
                                              ORDER BY panneau), '{}')
                      FROM mairie_scrutin_candidature WHERE tour_id = t.id),
                   (SELECT coalesce(array_agg(code ORDER BY code), '{}')
                      FROM mairie_scrutin_bureau_tour WHERE tour_id = t.id),
                   s.commune_insee, s.kind, s.year, t.numero,
                   to_char(t.date, 'YYYY-MM-DD'), coalesce(t.is_rehearsal, false)
              FROM mairie_scrutin_tour t JOIN mairie_scrutin s ON s.id = t.scrutin_id
             WHERE t.id = %s
            """,
            tour_id,
        )
    )
    row = cr.fetchone()
    if row is None:
        return None
    names = ("commune", "scrutin", "annee", "tour", "date", "repetition")
    head = dict(zip(names, row[2:], strict=True))
    return [("entete", head), ("listes", row[0]), ("bureaux", row[1])]


def _which(kind, table, which):
    """End of a query.

    :param which: ``EVERY`` row, the first ones ``MISSING`` a link, or a list of ids: the
        ones of them that miss theirs, whatever the length of the chain
    """
    id_ = SQL.identifier(table, "id")
    if which == EVERY:
        return SQL("ORDER BY %s", id_)
    named = SQL() if which == MISSING else SQL("AND %s = ANY(%s)", id_, list(which))
    return SQL(
        "%s AND NOT EXISTS (SELECT FROM mairie_scrutin_maillon k "
        "WHERE k.kind = %s AND k.res_id = %s) ORDER BY %s LIMIT %s",
        named,
        kind,
        id_,
        id_,
        BATCH,
    )


def read_entries(cr, tour_id, which=EVERY):
    """Entries of results, with their votes by panel."""
    cr.execute(
        SQL(
            """
            SELECT s.id, bt.code, to_jsonb(s), u.login,
                   to_char(s.create_date, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                   (SELECT jsonb_object_agg(c.panneau, l.voix)
                      FROM mairie_scrutin_saisie_ligne l
                      JOIN mairie_scrutin_candidature c ON c.id = l.candidature_id
                     WHERE l.saisie_id = s.id)
              FROM mairie_scrutin_saisie s
              JOIN mairie_scrutin_bureau_tour bt ON bt.id = s.bureau_tour_id
              LEFT JOIN res_users u ON u.id = s.create_uid
             WHERE bt.tour_id = %s %s
            """,
            tour_id,
            _which("saisie", "s", which),
        )
    )
    return [
        (
            "saisie",
            id_,
            {
                "type": "saisie",
                "bureau": code,
                "par": login or "",
                "le": at,
                "voix": votes or {},
                **{name: row[name] for name in ENTRY if row.get(name) is not None},
            },
        )
        for id_, code, row, login, at, votes in cr.fetchall()
    ]


def read_turnout(cr, tour_id, which=EVERY):
    """Turnout by hour."""
    cr.execute(
        SQL(
            """
            SELECT p.id, bt.code, to_jsonb(p),
                   to_char(p.create_date, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
              FROM mairie_scrutin_participation p
              JOIN mairie_scrutin_bureau_tour bt ON bt.id = p.bureau_tour_id
             WHERE bt.tour_id = %s %s
            """,
            tour_id,
            _which("participation", "p", which),
        )
    )
    return [
        (
            "participation",
            id_,
            {
                "type": "participation",
                "bureau": code,
                "le": at,
                **{name: row[name] for name in TURNOUT if row.get(name) is not None},
            },
        )
        for id_, code, row, at in cr.fetchall()
    ]


def read_journal(cr, tour_id, which=EVERY):
    """Lines of the journal; an act on a station names the link of its entry."""
    cr.execute(
        SQL(
            """
            SELECT j.id, j.event, coalesce(j.detail, ''), u.login, bt.code, m.seq,
                   j.closing, to_char(j.create_date, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
              FROM mairie_scrutin_journal j
              LEFT JOIN mairie_scrutin_bureau_tour bt ON bt.id = j.bureau_tour_id
              LEFT JOIN mairie_scrutin_maillon m
                     ON m.kind = 'saisie' AND m.res_id = j.saisie_id
              LEFT JOIN res_users u ON u.id = j.user_id
             WHERE j.tour_id = %s %s
            """,
            tour_id,
            _which("journal", "j", which),
        )
    )
    names = ("evenement", "detail", "par", "bureau", "saisie", "cloture", "le")
    return [
        (
            "journal",
            row[0],
            {
                "type": "journal",
                **{
                    name: value
                    for name, value in zip(names, row[1:], strict=True)
                    if value is not None
                },
            },
        )
        for row in cr.fetchall()
    ]


def look_at_acts(cr, lines):
    """What lines of the journal rest on.

    :return: (ids of the entries that they are about, whether one closes the round)
    """
    cr.execute(
        SQL(
            "SELECT saisie_id, closing IS NOT NULL FROM mairie_scrutin_journal "
            "WHERE id = ANY(%s)",
            list(lines),
        )
    )
    found = cr.fetchall()
    return [entry for entry, _closes in found if entry], any(c for _e, c in found)


READERS = {
    "saisie": read_entries,
    "participation": read_turnout,
    "journal": read_journal,
}
