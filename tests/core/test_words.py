"""The ground floor knows no word of the pathway, in its code, its templates or what it says."""

import re
from pathlib import Path

from django.conf import settings

GROUND = Path(settings.BASE_DIR) / "qipathway" / "core"
WORDS = re.compile(
    r"(?i)(?<!qi)pathway|resident(?!ial)|residenc|\bcoach|\bdirector\b|coordinator|sponsor|capstone"
    r"|curriculum|mentor|homework|check[-_ ]in\b|stand[-_ ]up\b|charter"
)


def test_no_line_of_the_ground_floor_speaks_of_the_pathway():
    said = [
        f"{path.relative_to(GROUND)}: {line.strip()}"
        for path in sorted(GROUND.rglob("*"))
        if path.suffix in {".py", ".html", ".txt"}
        for line in path.read_text(encoding="utf-8").splitlines()
        if WORDS.search(line)
    ]
    assert said == []
