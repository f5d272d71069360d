"""Short messages: what fits in one of 160 signs, and OVHcloud's signature.

A single sign outside the GSM 7-bit alphabet (3GPP TS 23.038) makes the whole message
cost two: 70 signs are left instead of 160. So « ê » becomes « e » before it leaves.
"""

import hashlib
import unicodedata

LIMIT = 160

#: signs that cost one; then those that cost two, behind an escape
BASIC = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENDED = "\f^{}\\[~]|€"

_BASIC, _EXTENDED = frozenset(BASIC), frozenset(EXTENDED)
_REPLACED = {
    "œ": "oe", "Œ": "OE", "«": '"', "»": '"', "“": '"', "”": '"', "’": "'", "‘": "'",
    "–": "-", "—": "-", "…": "...", "·": "-", "•": "-", "→": ">", "\N{NO-BREAK SPACE}": " ",
    "\N{NARROW NO-BREAK SPACE}": " ", "À": "A", "È": "E", "ç": "c", "\t": " ",
}  # fmt: skip


def to_gsm(text: str) -> str:
    """Return ``text`` written with the GSM 7-bit alphabet only.

    Letters lose the accents that the alphabet lacks; what has no likeness is dropped.

    >>> to_gsm("Fête à l’Hôtel de ville : 9 h 20, reçu…")
    "Fete à l'Hotel de ville : 9 h 20, recu..."
    """
    return "".join(_sign_of(char) for char in text)


def _sign_of(char: str) -> str:
    if char in _BASIC or char in _EXTENDED:
        return char
    if char in _REPLACED:
        return _REPLACED[char]
    plain = unicodedata.normalize("NFKD", char)
    return "".join(part for part in plain if part in _BASIC)


def sms_length(text: str) -> int:
    """Return how much of the 160 a message takes; brackets and € count double.

    :param text: already passed through :func:`to_gsm`

    >>> sms_length("[5 €]")
    8
    """
    return sum(2 if char in _EXTENDED else 1 for char in text)


def cut(text: str, limit: int = LIMIT) -> str:
    """Return the beginning of ``text`` that fits in ``limit``, three dots if cut.

    >>> cut("Mairie annexe de la Chaussée", 16)
    'Mairie annexe...'
    """
    if sms_length(text) <= limit:
        return text
    kept, size = "", 3
    for char in text:
        size += sms_length(char)
        if size > limit:
            break
        kept += char
    return kept.rstrip() + "..."


def ovh_signature(
    secret: str, consumer_key: str, method: str, url: str, body: str, timestamp: int
) -> str:
    """Return the header ``X-Ovh-Signature`` of a call to OVHcloud's API.

    SHA-1 of the six values joined by "+"; ``body`` is the very text that is sent.
    Source: OVHcloud, "First steps with the API".

    >>> ovh_signature("S", "C", "GET", "https://eu.api.ovh.com/1.0/sms", "", 1366560945)
    '$1$ec1f309a6946bb55bcc578a2d795a473ac79f878'
    """
    text = "+".join([secret, consumer_key, method, url, body, str(timestamp)])
    return "$1$" + hashlib.sha1(text.encode()).hexdigest()
