"""The shell around an import: what the commands ``import_people`` and so on have in common."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from qipathway.core.accounts.models import User, normalise_email
from qipathway.core.clock.services import now
from qipathway.core.lib.states import DomainError
from qipathway.core.lib.words import plural
from qipathway.core.sheets import read_sheet
from qipathway.core.sheets.table import MOST_BYTES
from residents.models import Program

from .drafting import DAYS
from .kinds import KINDS
from .kinds.blocks import ROTATIONS
from .plan import Plan
from .reads import desk_of
from .services import Refused, bring_in, say_column

ORDERS = {"month-first": "month_first", "day-first": "day_first"}


class ImportCommand(BaseCommand):
    """Bring one file in, or print everything that is wrong with it and exit with 1."""

    kind: str

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the file and the answers that a page would ask for."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--program", help="its slug, when there is more than one")
        parser.add_argument("--by", help="the e-mail address of the person whose deed this is")
        parser.add_argument("--dates", choices=ORDERS, help="how 03/04/2026 is meant")
        parser.add_argument("--column", action="append", default=[], metavar="HEADER=FIELD")
        parser.add_argument("--rotation", action="append", default=[], metavar="NAME=KIND")

    def handle(self, *args: Any, **options: Any) -> None:
        program, kind = _program(options["program"]), KINDS[self.kind]
        for head, field in _pairs(options["column"]).items():
            say_column(program, kind.name, head, field)
        answers = {
            DAYS: {DAYS: ORDERS.get(options["dates"], "")},
            ROTATIONS: _pairs(options["rotation"]),
        }
        desk = desk_of(program, _person(options["by"]), at=now(), answers=answers)
        try:
            sheet = read_sheet(_content(options["file"]))
            plan, _ = bring_in(kind, sheet, desk, name=options["file"].name)
        except Refused as error:
            self._tell(error.plan)
            raise CommandError(str(error)) from error
        except DomainError as error:
            raise CommandError(str(error)) from error
        self._tell(plan)
        self.stdout.write(summary(plan))

    def _tell(self, plan: Plan) -> None:
        for note in plan.notes:
            self.stdout.write(note)
        for problem in plan.warnings:
            self.stdout.write(f"warning: {problem}")
        for problem in plan.errors:
            self.stderr.write(f"error: {problem}")
        for question in plan.open_questions:
            choices = ", ".join(value for value, _ in question.choices)
            self.stderr.write(f"question: {question.text} ({choices})")


def summary(plan: Plan) -> str:
    """Say in one line what was done."""
    counts, changes = plan.counts, len(plan.changes)
    if not changes:
        return f"0 changes: all {plan.unchanged} are here already."
    parts = (f"{counts[act]} {act}" for act in ("new", "changed", "removed", "unchanged"))
    return f"{plural(changes, 'change')}: {', '.join(parts)}."


def _program(slug: str | None) -> Program:
    found = Program.objects.filter(slug=slug) if slug else Program.objects.all()
    programs = list(found.order_by("slug")[:20])
    if len(programs) == 1:
        return programs[0]
    if slug or not programs:
        raise CommandError(f"There is no program called “{slug}”." if slug else "No program yet.")
    named = ", ".join(program.slug for program in programs)
    raise CommandError(f"Name the program: --program with one of {named}.")


def _person(address: str | None) -> User | None:
    if not address:
        return None
    person = User.objects.filter(email=normalise_email(address), is_active=True).first()
    if person is None:
        raise CommandError(f"Nobody here has the address {address}.")
    return person


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from error


def _pairs(words: list[str]) -> dict[str, str]:
    for word in words:
        if "=" not in word:
            raise CommandError(f"“{word}” needs an equals sign: NAME=VALUE.")
    return {name.strip(): value.strip() for name, _, value in (w.rpartition("=") for w in words)}
