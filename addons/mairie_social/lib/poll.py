"""What a poll may show, and to whom it may be answered."""

#: Below that many voters an anonymous result would point at people.
SECRET_BELOW = 5
HIDDEN_FEW, HIDDEN_CLOSING, HIDDEN_VOTE, SHOWN = "few", "closing", "vote", "shown"


def result_state(
    *, is_anonymous: bool, voters: int, is_closed: bool, has_voted: bool, policy: str
) -> str:
    """Tell whether results may be shown, or why not.

    An anonymous poll says nothing before five people have voted; and as each new vote
    would be read in the figures that move, it says nothing before it is closed.

    :param voters: number of people who have voted, >= 0
    :param policy: ``vote`` (shown to whoever has voted) or ``closing``
    :return: ``few``, ``closing``, ``vote`` or ``shown``

    >>> result_state(is_anonymous=True, voters=4, is_closed=True, has_voted=True,
    ...              policy="vote")
    'few'
    """
    if is_anonymous and voters < SECRET_BELOW:
        return HIDDEN_FEW
    if not is_closed and (is_anonymous or policy == "closing"):
        return HIDDEN_CLOSING
    if not is_closed and not has_voted:
        return HIDDEN_VOTE
    return SHOWN


def shares(counts: list[int]) -> list[int]:
    """Share 100 whole percents between options, by the largest remainder.

    :param counts: votes of each option, >= 0
    :return: whole percents that add up to 100, or zeros without a vote

    >>> shares([1, 1, 1])
    [34, 33, 33]
    """
    total = sum(counts)
    if not total:
        return [0] * len(counts)
    whole = [count * 100 // total for count in counts]
    by_rest = sorted(range(len(counts)), key=lambda i: (-(counts[i] * 100 % total), i))
    for index in by_rest[: 100 - sum(whole)]:
        whole[index] += 1
    return whole
