"""Nothing is kept that no page uses: no component, and no class of the style sheets."""

import re
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
ROOMS = ("templates", "static/js", "qipathway", "residents", "curriculum", "mentorship", "capstone")
WRITTEN = {
    path: path.read_text(encoding="utf-8")
    for room in ROOMS
    for path in (ROOT / room).rglob("*")
    if path.suffix in {".html", ".py", ".js"}
}
DRAWN_LATER = ("q-chart-",)
"""The charts are drawn by a kit, whose every part need not stand on a page."""


def test_every_component_stands_on_a_page():
    components = (ROOT / "templates" / "components").glob("*.html")
    unused = [
        path.name
        for path in sorted(components)
        if not any(f"components/{path.name}" in text for at, text in WRITTEN.items() if at != path)
    ]
    assert unused == []


def test_every_class_of_ours_in_the_style_sheets_is_written_somewhere():
    styled = {
        name
        for path in (ROOT / "static" / "css").rglob("*.css")
        for name in re.findall(r"\.(q-[a-z0-9-]+)", path.read_text(encoding="utf-8"))
    }
    written = {name for text in WRITTEN.values() for name in re.findall(r"q-[a-z0-9-]+", text)}
    unused = {name for name in styled - written if not name.startswith(DRAWN_LATER)}
    assert unused == set()
