"""From when results may be told: art. L52-2 of the Code électoral.

Pure: the hours of closing come in, the moment of release comes out, as aware datetimes.
Turnout is not a result and is never held back.
"""

from datetime import datetime

#: One constituency for the whole country: the last metropolitan closing rules everywhere.
NATIONAL_KINDS = frozenset({"presidentielle", "europeennes", "referendum"})


def release_time(
    kind: str,
    last_metropolitan_closing: datetime,
    last_local_closing: datetime | None = None,
    *,
    partial: bool = False,
):
    """Return the moment before which no figure of votes may leave by any means.

    :param kind: kind of election; those of ``NATIONAL_KINDS`` follow L52-2, II
    :param last_metropolitan_closing: last closing in metropolitan France
    :param last_local_closing: last closing in the overseas département of the commune
        (or, in a partial election, in its constituency); None in metropolitan France
    :param partial: partial election: only the constituency's last closing counts

    A web page is read in metropolitan France and overseas alike: in a general election
    the later of both closings holds. New Caledonia and the other collectivités are not
    named by the text: the caller gives no local closing and the metropolitan clock stays.

    >>> from datetime import timezone
    >>> paris = datetime(2026, 3, 15, 19, tzinfo=timezone.utc)
    >>> guadeloupe = datetime(2026, 3, 15, 22, tzinfo=timezone.utc)
    >>> release_time("municipales", paris, guadeloupe).hour
    22
    """
    for moment in (last_metropolitan_closing, last_local_closing):
        if moment is not None and moment.tzinfo is None:
            raise ValueError("Closings must carry their time zone")
    if partial:
        return last_local_closing or last_metropolitan_closing
    if kind in NATIONAL_KINDS or last_local_closing is None:
        return last_metropolitan_closing
    return max(last_metropolitan_closing, last_local_closing)
