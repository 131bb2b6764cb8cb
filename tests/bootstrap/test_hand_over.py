"""``manage.py``: what it leaves to Django, and what it says where nothing is set up."""

import os
import shutil
import subprocess
import sys

import pytest

import qipathway.bootstrap
from qipathway.bootstrap import verbs
from qipathway.bootstrap.places import ROOT


def test_where_a_database_is_named_every_other_verb_is_djangos_own(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://somewhere/else")
    before = dict(os.environ)

    assert verbs.run(["manage.py", "check"]) is False
    assert dict(os.environ) == before


@pytest.mark.parametrize("version", [(3, 10, 1), (3, 15, 0)])
def test_another_python_is_refused_with_the_ones_that_do(version, monkeypatch):
    monkeypatch.setattr(sys, "version_info", version)

    with pytest.raises(SystemExit, match=r"needs Python 3\.11, 3\.12, 3\.13 or 3\.14"):
        qipathway.bootstrap.hand_over(["manage.py", "demo"])


def test_nothing_but_the_standard_library_is_imported_to_start():
    names = "import sys, qipathway.bootstrap.verbs as v; print(*sys.modules, sep='\\n')"
    said = subprocess.run(
        [sys.executable, "-S", "-c", names], cwd=ROOT, capture_output=True, text=True, check=True
    )
    loaded = {name.partition(".")[0] for name in said.stdout.split()}

    assert loaded - set(sys.stdlib_module_names) == {"qipathway", "__main__"} - set(
        sys.stdlib_module_names
    )


def test_a_bare_checkout_tells_a_newcomer_what_to_run_first(tmp_path):
    shutil.copytree(ROOT / "qipathway/bootstrap", tmp_path / "qipathway/bootstrap")
    for name in ("manage.py", "requirements.lock"):
        shutil.copy(ROOT / name, tmp_path)
    bare = {name: value for name, value in os.environ.items() if name == "PATH"}
    said = subprocess.run(
        [sys._base_executable, "-S", "manage.py", "migrate"],
        cwd=tmp_path,
        env=bare,
        capture_output=True,
        text=True,
        check=False,
    )

    assert said.returncode == 1
    assert "Nothing is set up in this checkout yet" in said.stderr
    assert "python3 manage.py demo" in said.stderr
    assert "Traceback" not in said.stderr
    assert not (tmp_path / ".venv").exists()


def test_an_unknown_option_of_the_demo_is_explained_before_anything_is_set_up():
    said = subprocess.run(
        [sys.executable, ROOT / "manage.py", "demo", "--port", "eighty"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert said.returncode == 2
    assert "eighty is no port; choose a number up to 65535" in said.stderr
