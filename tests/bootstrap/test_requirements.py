"""The lock file and the small part of its grammar that is read here."""

import pytest

from qipathway.bootstrap import requirements

FACTS = {
    "implementation_name": "cpython",
    "platform_machine": "x86_64",
    "platform_python_implementation": "CPython",
    "python_full_version": "3.11.10",
    "python_version": "3.11",
    "sys_platform": "linux",
}


@pytest.mark.parametrize(
    ("marker", "holds"),
    [
        ("sys_platform == 'linux'", True),
        ("sys_platform != 'win32'", True),
        ("sys_platform == 'win32'", False),
        ("python_full_version < '3.11.3'", False),
        ("python_full_version >= '3.11'", True),
        ("python_version < '3.9'", False),
        ("python_full_version < '3.13' and platform_machine == 'x86_64'", True),
        ("python_full_version < '3.11' and platform_machine == 'x86_64'", False),
        ("sys_platform == 'win32' or platform_python_implementation != 'PyPy'", True),
        ("(sys_platform == 'win32' or python_version > '3') and sys_platform != 'linux'", False),
    ],
)
def test_a_marker_is_true_where_its_facts_are(marker, holds):
    assert requirements.holds(marker, FACTS) is holds


def test_a_marker_that_is_not_understood_is_refused_and_not_guessed():
    with pytest.raises(ValueError, match="extra"):
        requirements.holds("extra in 'a b'", FACTS)


def test_every_line_of_the_lock_is_read():
    text = requirements.LOCK.read_text()

    assert len(requirements.PIN.findall(text)) == text.count("==") - text.count(" == '")


def test_the_environment_that_runs_the_tests_satisfies_the_lock():
    assert requirements.unmet() == []


def test_a_package_that_is_missing_or_of_another_version_is_unmet(tmp_path, monkeypatch):
    lock = tmp_path / "requirements.lock"
    lock.write_text(
        "django==1.0 \\\n    --hash=sha256:00\n"
        "no-such-package==2.0 ; sys_platform != 'win32' \\\n    --hash=sha256:00\n"
        "nor-this-one==2.0 ; sys_platform == 'win32'\n"
    )
    monkeypatch.setattr(requirements, "LOCK", lock)

    assert requirements.unmet() == ["django", "no-such-package"]
