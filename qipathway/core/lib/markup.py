"""The one place that builds HTML in Python, and the only one that may call a string safe.

Boards of sixty people by twenty columns are joined here, not in templates: a cell is a look-up
among a few precomputed states, and every word that came from a person is escaped on its way in.
"""

from collections.abc import Iterable
from functools import lru_cache
from html import escape
from types import MappingProxyType

from django.utils.html import format_html
from django.utils.safestring import SafeString
from lucide.templatetags.lucide import lucide

TONES = MappingProxyType(
    {
        "ok": "check",
        "warn": "clock",
        "risk": "circle-alert",
        "info": "info",
        "plum": "graduation-cap",
        "neutral": "circle-dot",
    }
)
TINTS = frozenset("abcd")
STROKES = MappingProxyType(
    {
        "tick": SafeString('<path d="M5 12.5l4.6 4.6L19 7.6"/>'),
        "cross": SafeString('<path d="M7 7l10 10M17 7L7 17"/>'),
        "pencil": SafeString('<path d="M4 20l1.2-4.6L15.8 4.8l3.4 3.4L8.6 18.8zM13.6 7l3.4 3.4"/>'),
        "dash": SafeString('<path d="M6 12h12"/>'),
    }
)
CELLS = MappingProxyType(
    {
        "done": "tick",
        "before": "tick",
        "open": "pencil",
        "missed": "cross",
        "waived": "dash",
        "booked": "",
        "part": "",
        "empty": "",
    }
)


NOTHING = SafeString("")


def safe(part: object) -> str:
    """Return a part as it may stand in HTML: as it is when it is safe already, else escaped.

    Django's ``conditional_escape`` without its lazy wrapper, which costs ten times as much.
    """
    if isinstance(part, str) and not isinstance(part, SafeString):
        return escape(part)
    return part.__html__() if hasattr(part, "__html__") else escape(str(part))


def element(name: str, *children: object, **attributes: object) -> SafeString:
    """Return one element; attributes are escaped, and children unless they are safe already.

    Underscores in attribute names become hyphens and a trailing one is dropped, so ``class_`` and
    ``stroke_width`` can be written. ``None`` and ``False`` leave an attribute out.
    """
    named = "".join(
        f" {_attribute(key)}" if value is True else f' {_attribute(key)}="{escape(str(value))}"'
        for key, value in attributes.items()
        if value is not None and value is not False
    )
    if not children:
        return SafeString(f"<{name}{named}/>")
    return SafeString(f"<{name}{named}>{''.join(map(safe, children))}</{name}>")


@lru_cache(maxsize=256)
def _attribute(key: str) -> str:
    return key.rstrip("_").replace("_", "-")


def join(parts: Iterable[object], between: str = "") -> SafeString:
    """Return the parts as one safe string, each escaped unless it is safe already."""
    return SafeString(safe(between).join(map(safe, parts)))


@lru_cache(maxsize=512)
def icon(name: str, size: int = 16, label: str = "") -> SafeString:
    """Return an icon; without a label it is hidden from assistive technology."""
    named = {"role": "img", "aria-label": label} if label else {"aria-hidden": "true"}
    drawn = lucide(name, size=size, **{"class": "q-icon"}, **named)
    return SafeString("".join(line.strip() for line in drawn.splitlines()))


def chip(text: str, tone: str = "neutral", name: str | None = None) -> SafeString:
    """Return a status chip: a word, and the tone's icon unless another (or none, "") is named."""
    drawn = TONES[tone] if name is None else name
    return format_html(
        '<span class="q-chip is-{}">{}{}</span>', tone, icon(drawn, 13) if drawn else "", text
    )


def avatar(initials: str, tint: str = "a", size: str = "") -> SafeString:
    """Return a person's initials in one of four tints; a tint never means a state."""
    return format_html(
        '<span class="q-avatar is-{}{}" aria-hidden="true">{}</span>',
        tint if tint in TINTS else "a",
        f" is-{size}" if size in {"large", "small"} else "",
        initials,
    )


@lru_cache(maxsize=len(CELLS))
def _cell_glyph(kind: str) -> SafeString:
    """Return the sign of a kind of cell; raise ``KeyError`` for one that does not exist."""
    stroke = CELLS[kind]
    if not stroke:
        return NOTHING
    return SafeString(f'<svg viewBox="0 0 24 24" aria-hidden="true">{STROKES[stroke]}</svg>')


def cell(kind: str, href: str, label: str, text: str = "") -> SafeString:
    """Return one state of a board as a table cell that is a link (plain when ``href`` is "").

    ``label`` is what is read aloud and must say all ("Priya Raman, Seven wastes: booked Dec 3");
    ``text`` is what is seen beside or instead of the sign ("Dec 3"), and breaks at its spaces on a
    phone. Raises ``KeyError`` for a kind that is not in ``CELLS``.
    """
    inside = _cell_glyph(kind) + (_words(text) if text else "")
    named = escape(label)
    if not href:
        return SafeString(
            f'<td role="cell" class="q-cells"><span class="q-cell is-{kind}" role="img"'
            f' aria-label="{named}">{inside}</span></td>'
        )
    return SafeString(
        f'<td role="cell" class="q-cells"><a class="q-cell is-{kind}"'
        f' href="{escape(href)}" aria-label="{named}">{inside}</a></td>'
    )


@lru_cache(maxsize=64)
def sign(kind: str, text: str = "") -> SafeString:
    """Return a kind's sign without link or cell, for a legend."""
    parts = (_cell_glyph(kind), _words(text) if text else "")
    return element("span", *parts, class_=f"q-cell is-{kind}", aria_hidden="true")


@lru_cache(maxsize=1024)
def _words(text: str) -> SafeString:
    return element("span", text, class_="q-cell-text", aria_hidden="true")


def person_cell(
    name: str, href: str, initials: str, *, sub: str = "", tint: str = "a"
) -> SafeString:
    """Return the head of a board's row: who it is about, and one line under the name."""
    return format_html(
        '<th scope="row" role="rowheader" class="q-who"><div class="q-row">{}<div class="q-grow">'
        '<a class="q-name" href="{}">{}</a>{}</div></div></th>',
        avatar(initials, tint),
        href,
        name,
        format_html('<div class="q-sub">{}</div>', sub) if sub else "",
    )


def stage_cell(bar: str, title: str, note: str = "", href: str = "") -> SafeString:
    """Return a cell with the name of a stage, its bar (from the charts kit) and one line."""
    named = format_html('<a class="q-name" href="{}">{}</a>', href, title) if href else title
    return format_html(
        '<td role="cell" class="q-stage"><div class="q-stage-name">{}</div>{}{}</td>',
        named,
        bar,
        format_html('<div class="q-sub">{}</div>', note) if note else "",
    )


def fresh_cell(text: str, tone: str = "neutral", sub: str = "") -> SafeString:
    """Return a cell that says how long ago something happened, and with whom."""
    return format_html(
        '<td role="cell" class="q-freshness"><div class="q-fresh is-{}">{}{}</div>{}</td>',
        tone,
        icon(TONES[tone], 15),
        text,
        format_html('<div class="q-sub">{}</div>', sub) if sub else "",
    )


def flags_cell(flags: Iterable[tuple[str, str]]) -> SafeString:
    """Return a cell of chips, each a tone and a word; it takes no room on a phone when empty."""
    chips = join(chip(text, tone, "") for tone, text in flags)
    if not chips:
        return SafeString('<td role="cell" class="q-flags is-bare"></td>')
    return format_html('<td role="cell" class="q-flags"><div>{}</div></td>', chips)


def row(cells: Iterable[str], uid: str = "", *, calm: bool = False) -> SafeString:
    """Return a row of a board; ``uid`` gives it an id so that a swap can name it.

    A ``calm`` row has nothing to watch, and may wait on a phone until everybody is asked for.
    """
    named = format_html(' id="row-{}"', uid) if uid else ""
    mark = ' class="is-calm"' if calm else ""
    return SafeString(f'<tr role="row" data-row{named}{mark}>{join(cells)}</tr>')


def group_row(title: str, columns: int) -> SafeString:
    """Return the line that opens a group of rows ("First year, 4 people")."""
    return format_html(
        '<tr role="row" class="q-group"><th role="rowheader" scope="rowgroup" colspan="{}">{}</th>'
        "</tr>",
        columns,
        title,
    )
