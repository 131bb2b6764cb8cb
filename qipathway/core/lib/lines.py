"""One line of text that strangers will read, as a page can hold it."""

import unicodedata

HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
JOINERS = "\u200c\u200d"
MOST_MARKS = 3


def plain_line(raw: str) -> str:
    """Return the text composed, without hidden characters and with at most three marks a letter.

    An override of direction would turn the words around it, and a tower of marks would cover the
    lines above. Persian, Hindi and family emoji need joiners, so these stay; no script piles
    more than three marks upon what can be composed.
    """
    kept, marks = [], 0
    for character in unicodedata.normalize("NFC", raw):
        kind = unicodedata.category(character)
        marks = marks + 1 if kind in {"Mn", "Me"} else 0
        if marks <= MOST_MARKS and (kind not in HIDDEN or character in JOINERS):
            kept.append(character)
        elif kind in {"Cc", "Zl", "Zp"}:
            kept.append(" ")
    return " ".join("".join(kept).split()).strip(JOINERS)
