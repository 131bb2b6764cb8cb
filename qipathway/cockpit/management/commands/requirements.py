"""Print the numbered requirements of the product with the tests that prove them."""

import ast
import json
from argparse import ArgumentParser
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

MARK = "pytest.mark.requirement"


class Command(BaseCommand):
    """Read the texts from ``docs/requirements.json`` and the marks from the tests' source."""

    help = "Print the 57 requirements and the tests that prove them."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="Print JSON instead of a table.")

    def handle(self, *args: Any, **options: Any) -> None:
        table = requirements(Path(settings.BASE_DIR))
        if options["json"]:
            self.stdout.write(json.dumps(table, ensure_ascii=False, indent=1))
            return
        for row in table:
            tests = row["tests"]
            self.stdout.write(
                f"{row['n']:>3}  {'proven  ' if tests else 'UNPROVEN'}  {row['text']}"
            )
            for name in tests:
                self.stdout.write(f"               {name}")
        proven = sum(bool(row["tests"]) for row in table)
        self.stdout.write(f"{proven} of {len(table)} requirements are proven by a test.")


def requirements(root: Path) -> list[dict[str, Any]]:
    """Return number, text and tests of every requirement, in the order of their numbers."""
    texts = json.loads((root / "docs" / "requirements.json").read_text(encoding="utf-8"))
    proofs: dict[int, list[str]] = defaultdict(list)
    for path in sorted((root / "tests").rglob("test_*.py")):
        for number, name in marked(path.read_text(encoding="utf-8")):
            proofs[number].append(f"{path.relative_to(root)}::{name}")
    return [{"n": row["n"], "text": row["text"], "tests": proofs[row["n"]]} for row in texts]


def marked(source: str) -> Iterator[tuple[int, str]]:
    """Yield (requirement, test) for each mark on a function of a test module."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.FunctionDef):
            continue
        for mark in node.decorator_list:
            if isinstance(mark, ast.Call) and ast.unparse(mark.func) == MARK:
                for number in mark.args:
                    yield int(ast.literal_eval(number)), node.name
