"""What somebody can come to read by following the links that they are shown."""

import html
import re
from collections import Counter

from .browser import Visitor

LINK = re.compile(r'href="(/p/cascade/[^"#?]*)"')
TAGS = re.compile(r"<[^>]+>")
UID = re.compile(r"[0-9a-f-]{36}")
OF_A_KIND = 15
"""How many pages of one kind are read: all residents of the demo, some sessions."""


def everything_linked(visitor: Visitor, *begin: str) -> str:
    """Return the words of the pages of the program to which links lead, from these on."""
    waiting, words = [f"/p/cascade/{path}" for path in begin], {}
    kinds: Counter[str] = Counter()
    while waiting:
        path = waiting.pop()
        kind = UID.sub("", path)
        if path in words or kinds[kind] == OF_A_KIND:
            continue
        kinds[kind] += 1
        answer = visitor.context.request.get(path)
        assert answer.ok, f"{answer.status} behind a link to {path}"
        page = answer.text() if "html" in answer.headers["content-type"] else ""
        words[path] = html.unescape(TAGS.sub(" ", page))
        waiting += LINK.findall(page)
    return "\n".join(words.values())
