"""Who will read, said in one word, and where a long text may be cut."""

AGENTS, ELUS, BOTH, NOBODY = "agents", "elus", "both", "nobody"


def reader_scope(agents: int, elus: int) -> str:
    """Tell which side of the town hall reads a post.

    :param agents: number of readers who are agents, >= 0
    :param elus: number of readers who are elected members, >= 0
    :return: ``agents``, ``elus``, ``both`` or ``nobody``

    >>> reader_scope(agents=143, elus=0)
    'agents'
    >>> reader_scope(agents=2, elus=33)
    'both'
    """
    if agents and elus:
        return BOTH
    if agents:
        return AGENTS
    return ELUS if elus else NOBODY


def excerpt(text: str, limit: int = 420) -> str:
    """Shorten ``text`` at a word, with an ellipsis; short texts are kept whole.

    :param limit: greatest length of the result, in characters, >= 2

    >>> excerpt("Les bacs sortent jeudi soir", limit=17)
    'Les bacs sortent…'
    """
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    if not text[limit - 1].isspace() and " " in cut:
        cut = cut.rsplit(" ", 1)[0]
    return cut.rstrip(" ,;:.") + "…"


def parse_cursor(cursor) -> tuple[str, int] | None:
    """Read the position of the last card seen: ``[published_at, id]``.

    :return: the pair, or None for the first page
    :raise ValueError: anything else; a cursor comes from the client
    """
    if not cursor:
        return None
    published_at, post_id = cursor
    if not isinstance(published_at, str) or not isinstance(post_id, int):
        raise ValueError("a cursor is a date and an identifier")
    return published_at, post_id
