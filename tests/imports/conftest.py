"""Files on their way in, and what to compare before and after."""

import pytest
from django.conf import settings

from qipathway.core.sheets import read_sheet
from qipathway.imports.kinds import KINDS
from qipathway.imports.reads import desk_of
from qipathway.imports.services import Refused, bring_in

DATA = settings.BASE_DIR / "qipathway" / "demo" / "data"
FILES = {
    "people": "people",
    "roster": "roster",
    "clinic": "clinic_pattern",
    "blocks": "block_schedule",
    "classes": "class_catalogue",
    "sessions": "class_sessions",
    "completions": "class_completions",
}


def sample(kind):
    return (DATA / f"{FILES[kind]}.csv").read_bytes()


@pytest.fixture
def here(world):
    return world.here


@pytest.fixture
def send(here, monday):
    """Bring a file in as the director; return its plan, or that of its refusal."""

    def bring(kind, content, *, by=here.director, answers=None, program=here.program):
        content = content.encode() if isinstance(content, str) else content
        desk = desk_of(program, by, at=monday, answers=answers)
        try:
            return bring_in(KINDS[kind], read_sheet(content), desk, name=f"{kind}.csv")[0]
        except Refused as refused:
            return refused.plan

    return bring


def said(plan):
    return [str(problem) for problem in plan.errors]
