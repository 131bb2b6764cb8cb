"""What templates draw with: icons, chips, people, wrapping components, dates in words.

No tag or filter asks for the time: days and dates are handed in by the page's reads.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django import template
from django.forms import BoundField
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.utils.timezone import is_aware, localtime

from qipathway.core.lib import markup
from qipathway.core.lib.words import plural

register = template.Library()

UNDO = "undo:"
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
ICON_OF_LEVEL = {"success": "check", "warning": "circle-alert", "error": "circle-x"}


@register.simple_tag
def icon(name: str, size: int = 16, label: str = "") -> SafeString:
    """Draw an icon: ``{% icon "calendar-check" %}``."""
    return markup.icon(name, size, label)


@register.simple_tag
def chip(text: str, tone: str = "neutral", icon: str | None = None) -> SafeString:
    """Draw a status chip: ``{% chip "At risk" "risk" %}``; ``icon=""`` leaves the icon out."""
    return markup.chip(text, tone or "neutral", icon)


@register.simple_tag
def avatar(person: Any, size: str = "") -> SafeString:
    """Draw whoever has ``initials`` and ``tint``: ``{% avatar person "large" %}``."""
    return markup.avatar(read(person, "initials"), read(person, "tint") or "a", size)


@register.simple_block_tag
def card(
    content: str,
    title: str = "",
    *,
    uid: str = "",
    note: str = "",
    link_url: str = "",
    link_text: str = "",
    css: str = "",
    level: int = 2,
) -> SafeString:
    """Wrap content in a titled surface: ``{% card "Letters" note="2 open" %}...{% endcard %}``."""
    context = {
        "content": content,
        "title": title,
        "uid": uid or slugify(title),
        "note": note,
        "css": css,
    }
    links = {"link_url": link_url, "link_text": link_text, "level": level}
    return render_to_string("components/card.html", context | links)


@register.simple_block_tag
def callout(content: str, tone: str = "info", *, icon: str = "", title: str = "") -> SafeString:
    """Wrap a sentence that must be seen: ``{% callout "warn" title="Not yet." %}...``."""
    context = {"content": content, "tone": tone, "icon": icon or markup.TONES[tone], "title": title}
    return render_to_string("components/callout.html", context)


@register.simple_block_tag
def form_section(content: str, title: str, intro: str = "") -> SafeString:
    """Wrap fields that belong together under a heading and one line of why."""
    context = {"content": content, "title": title, "intro": intro, "uid": slugify(title)}
    return render_to_string("components/form_section.html", context)


@register.simple_block_tag
def page_head(content: str, title: str, sub: str = "", *, eyebrow: str = "") -> SafeString:
    """Open a page with its heading, its first sentence and (as content) its actions."""
    context = {"content": content, "title": title, "sub": sub, "eyebrow": eyebrow}
    return render_to_string("components/page_head.html", context)


@register.filter(expects_localtime=True)
def day(value: date | datetime | None) -> str:
    """Say a date as "Dec 3"; an aware time is first shown in the program's zone."""
    return f"{MONTHS[value.month - 1]} {value.day}" if value else ""


@register.filter(expects_localtime=True)
def long_day(value: date | datetime | None) -> str:
    """Say a date as "Dec 3, 2026"."""
    return f"{day(value)}, {value.year}" if value else ""


@register.filter(expects_localtime=True)
def weekday(value: date | datetime | None) -> str:
    """Say a date as "Thu Dec 3"."""
    return f"{DAYS[value.weekday()]} {day(value)}" if value else ""


@register.filter(expects_localtime=True)
def month(value: date | datetime | None) -> str:
    """Say the month of a date as "Dec"."""
    return MONTHS[value.month - 1] if value else ""


@register.filter(expects_localtime=True)
def clock(value: datetime | None) -> str:
    """Say a time as "14:05"."""
    return f"{value.hour:02}:{value.minute:02}" if value else ""


@register.simple_tag
def span(first: date, last: date | None = None) -> str:
    """Say two dates as one, joined by an en dash: Dec 2 to 3, Nov 30 to Dec 1."""
    first, last = local(first), local(last or first)
    if (first.year, first.month, first.day) == (last.year, last.month, last.day):
        return day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{day(first)}\N{EN DASH}{last.day}"
    return f"{day(first)} \N{EN DASH} {day(last)}"


@register.filter
def days(count: int | None) -> str:
    """Say a number of days: "1 day", "14 days"."""
    return "" if count is None else plural(count, "day")


@register.filter
def days_ago(count: int | None) -> str:
    """Say how long ago: "today", "yesterday", "14 days ago"."""
    if count is None:
        return "never"
    return {0: "today", 1: "yesterday"}.get(count, f"{count} days ago")


@register.filter
def in_days(count: int | None) -> str:
    """Say how far ahead (or behind): "today", "tomorrow", "in 14 days", "3 days ago"."""
    if count is None:
        return ""
    if count < 0:
        return days_ago(-count)
    return {0: "today", 1: "tomorrow"}.get(count, f"in {count} days")


@register.filter
def undo_url(message: Any) -> str:
    """Return where a message's Undo button posts: ``extra_tags="undo:/p/imr/..."``, else ""."""
    tags = getattr(message, "extra_tags", "") or ""
    found = next((tag[len(UNDO) :] for tag in tags.split() if tag.startswith(UNDO)), "")
    return found if found.startswith("/") and not found.startswith("//") else ""


@register.filter
def level_icon(message: Any) -> str:
    """Return the icon that goes with a message's level."""
    return ICON_OF_LEVEL.get(getattr(message, "level_tag", ""), "info")


@register.simple_tag
def cell_sign(kind: str, text: str = "") -> SafeString:
    """Draw a board's sign on its own, for a legend."""
    return markup.sign(kind, text)


@register.filter
def described(field: BoundField) -> BoundField:
    """Tie a control to its help, its reader line and its error by ``aria-describedby``."""
    notes = []
    if field.errors:
        notes.append(f"{field.auto_id}_error")
    if field.help_text or getattr(field.field, "reader", ""):
        notes.append(f"{field.auto_id}_helptext")
    if notes:
        field.field.widget.attrs["aria-describedby"] = " ".join(notes)
    return field


@register.filter
def lookup(mapping: Mapping[Any, Any] | None, key: Any) -> Any:
    """Return ``mapping[key]``, trying the key as text too, or nothing."""
    if not mapping:
        return ""
    return mapping.get(key, mapping.get(str(key), ""))


@register.filter
def per_line(count: int) -> int:
    """Say how many of a row's ``count`` cells share one line on a phone (at most eight)."""
    if not count:
        return 4
    lines = -(-count // 8)
    return max(4, -(-count // lines))


@register.filter
def bottom_tabs(navigation: Any) -> list[Any]:
    """Return the at most four items that a phone keeps at the bottom."""
    return [item for section in navigation or () for item in items(section) if read(item, "tab")][
        :4
    ]


@register.filter
def items(section: Any) -> Any:
    """Return the items of a navigation section, mapping or object."""
    return read(section, "items") or ()


def local(value: date) -> date:
    """Return an instant in the zone that is active; a date stays the date it is."""
    return localtime(value) if isinstance(value, datetime) and is_aware(value) else value


def read(thing: Any, name: str) -> Any:
    """Return a named value of a mapping or of an object, or "" when there is none."""
    if isinstance(thing, Mapping):
        return thing.get(name, "")
    return getattr(thing, name, "")
