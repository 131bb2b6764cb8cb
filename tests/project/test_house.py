"""The house rules that a tool can check: sizes, names, states, safe strings, migrations."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db.models import CheckConstraint, Q

from qipathway.story import SENTENCES

ROOT = Path(settings.BASE_DIR)
ROOMS = ("qipathway", "residents", "curriculum", "capstone", "mentorship")
SOURCES = [
    path
    for room in ROOMS
    for path in sorted((ROOT / room).rglob("*.py"))
    if "migrations" not in path.parts
]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
FORBIDDEN_NAMES = {"utils", "helpers", "common", "misc", "manager"}
MARKUP = ROOT / "qipathway" / "core" / "lib" / "markup.py"


def functions(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]


def length(node):
    first = node.body[0]
    said = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    start = first.end_lineno + 1 if said and len(node.body) > 1 else first.lineno
    return node.end_lineno - start + 1


def is_view(node):
    return bool(node.args.args) and node.args.args[0].arg == "request" and node.name[0] != "_"


def test_no_file_is_longer_than_500_lines():
    assert [p for p in SOURCES if len(p.read_text(encoding="utf-8").splitlines()) > 500] == []


def test_no_function_is_longer_than_40_lines_of_code():
    long = [
        f"{path.relative_to(ROOT)}:{node.name}"
        for path in SOURCES
        for node in functions(path)
        if length(node) > 40
    ]
    assert long == []


def test_no_view_is_longer_than_20_lines_of_code():
    long = [
        f"{path.relative_to(ROOT)}:{node.name}"
        for path in SOURCES
        if "views" in path.parts or path.stem == "views"
        for node in functions(path)
        if is_view(node) and length(node) > 20
    ]
    assert long == []


def test_no_view_asks_the_database_itself():
    """Objects come through doors, everything else through reads."""
    asks = re.compile(r"\.objects\b|get_object_or_404|\.filter\(|\.order_by\(|_related\(")
    views = [p for p in SOURCES if "views" in p.parts or p.stem.endswith("views")]
    found = [p for p in views if asks.search(p.read_text(encoding="utf-8"))]
    assert [str(path.relative_to(ROOT)) for path in found] == []


def test_no_room_is_called_after_nothing():
    assert [p for p in SOURCES if FORBIDDEN_NAMES & {p.stem, p.parent.name}] == []


def test_state_is_assigned_by_services_and_the_state_machine_only():
    """A file's first state is what the scanner found; who takes a prior entry back returns."""
    pattern = re.compile(r"\.state\s*=[^=]|setattr\([^)]*state|\.update\([^)]*\bstate=")
    found = {
        str(path.relative_to(ROOT))
        for path in SOURCES
        if pattern.search(path.read_text(encoding="utf-8"))
    }
    assert found == {
        "qipathway/core/lib/states.py",
        "qipathway/core/files/services.py",
    }


def test_only_the_markup_module_calls_a_string_safe():
    guilty = [
        str(path.relative_to(ROOT))
        for path in SOURCES
        if path != MARKUP and re.search(r"mark_safe|SafeString\(", path.read_text(encoding="utf-8"))
    ]
    assert guilty == []


@pytest.mark.parametrize(
    "pattern",
    [r"\bstyle=", r"<style", r"\son[a-z]+=", r"hx-on", r"\|safe\b", r"autoescape off", r"<script>"],
)
def test_no_template_holds_inline_style_script_or_unescaped_text(pattern):
    found = [p for p in TEMPLATES if re.search(pattern, p.read_text(encoding="utf-8"))]
    assert [str(path.relative_to(ROOT)) for path in found] == []


def test_every_view_is_a_function():
    pattern = re.compile(r"LoginRequiredMixin|django\.views\.generic|\.as_view\(")
    found = [p for p in SOURCES if pattern.search(p.read_text(encoding="utf-8"))]
    assert [str(path.relative_to(ROOT)) for path in found] == []


def test_nobody_schedules_tasks_for_later_or_asks_the_host_for_the_time():
    forbidden = re.compile(r"countdown=|\beta=|timezone\.now\(|date\.today\(|datetime\.now\(")
    found = [p.name for p in SOURCES if forbidden.search(p.read_text(encoding="utf-8"))]
    assert found == ["sweep_files.py"], "files on a disk know no other time than the host's"


def test_only_views_tasks_commands_and_the_demo_ask_the_clock():
    """Everybody else is told the time. ``Now`` in a query is the database's own affair."""
    asks = re.compile(r"core\.clock import|clock\.services import [^#\n]*\b(?:now|today)\b")
    rooms = {"views", "commands", "demo", "clock"}
    found = {
        str(path.relative_to(ROOT))
        for path in SOURCES
        if not rooms & set(path.parts)
        and not path.stem.endswith(("views", "tasks"))
        and asks.search(path.read_text(encoding="utf-8"))
    }
    assert found == {
        "qipathway/core/notices/dispatch.py",
        "qipathway/imports/command.py",
    }, "the sender dates each letter as it goes; all commands of imports are made from one"


def test_nobody_fetches_addresses_of_the_web():
    forbidden = re.compile(
        r"^\s*(?:import|from) (?:requests|httpx|aiohttp|urllib\.request)", re.MULTILINE
    )
    rooms = [p for p in SOURCES if "bootstrap" not in p.parts]
    found = [p for p in rooms if forbidden.search(p.read_text(encoding="utf-8"))]
    assert [str(path.relative_to(ROOT)) for path in found] == []


def test_every_fact_of_the_pathway_carries_its_program():
    own = {"Program"}
    missing = [
        model.__name__
        for label in ("residents", "selection", "curriculum", "mentorship", "capstone")
        for model in apps.get_app_config(label).get_models()
        if model.__name__ not in own and not hasattr(model, "program_id")
    ]
    assert missing == []


def promised_values(model):
    """Return the values that a check of the table allows, by the name of the column."""
    checks = [c for c in model._meta.constraints if isinstance(c, CheckConstraint)]
    asked = [
        child
        for check in checks
        if check.condition.connector == Q.AND and not check.condition.negated
        for child in check.condition.children
        if isinstance(child, tuple)
    ]
    return {name.removesuffix("__in"): list(to) for name, to in asked if name.endswith("__in")}


def test_the_database_knows_every_state_that_a_row_can_be_in():
    states = [
        (model, field)
        for model in apps.get_models()
        if model.__module__.partition(".")[0] in ROOMS
        for field in model._meta.fields
        if field.choices and field.name.endswith(("state", "stage"))
    ]
    unknown = [
        f"{model._meta.label}.{field.name}"
        for model, field in states
        if promised_values(model).get(field.name) != [value for value, _ in field.flatchoices]
    ]
    assert len(states) > 10
    assert unknown == []


@pytest.mark.django_db
def test_migrations_are_in_step_with_the_models():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_everything_that_services_record_can_be_told():
    recorded = {
        found
        for path in SOURCES
        if "services" in str(path.relative_to(ROOT))
        for found in re.findall(
            r'"((?:residents|selection|curriculum|mentorship|capstone|files)\.[a-z_]+)"',
            path.read_text(encoding="utf-8"),
        )
    }
    assert recorded - set(SENTENCES) == set()
