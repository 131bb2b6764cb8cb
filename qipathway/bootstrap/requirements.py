"""The lock file: what it asks for, and whether an interpreter already has it."""

import ast
import hashlib
import operator
import os
import platform
import re
import sys
from collections.abc import Callable, Iterator
from importlib import metadata
from typing import Any

from qipathway.bootstrap.places import ROOT

LOCK = ROOT / "requirements.lock"
PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)\s*(?:;\s*(.*?))?\s*\\?$", re.MULTILINE)
COMPARE: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}


def stamp(version: str) -> str:
    """Return what an environment of this Python version is stamped with when it has the lock."""
    return f"{hashlib.sha256(LOCK.read_bytes()).hexdigest()} {version}"


def wanted() -> Iterator[tuple[str, str]]:
    """Yield the name and version of each package that the lock asks for on this machine."""
    for name, version, marker in PIN.findall(LOCK.read_text()):
        if not marker or holds(marker):
            yield name, version


def unmet() -> list[str]:
    """Return the packages of the lock that the running interpreter lacks or has otherwise."""
    return [name for name, version in wanted() if _installed(name) != version]


def holds(marker: str, facts: dict[str, str] | None = None) -> bool:
    """Tell whether an environment marker is true here.

    The grammar of markers is a part of Python's own, so Python parses it; versions compare as
    numbers. Only what a universal lock file contains is understood, and the rest raises.
    """
    return _truth(ast.parse(marker, mode="eval").body, facts or _facts())


def _installed(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _facts() -> dict[str, str]:
    return {
        "implementation_name": sys.implementation.name,
        "os_name": os.name,
        "platform_machine": platform.machine(),
        "platform_python_implementation": platform.python_implementation(),
        "platform_system": platform.system(),
        "python_full_version": platform.python_version(),
        "python_version": ".".join(platform.python_version_tuple()[:2]),
        "sys_platform": sys.platform,
    }


def _truth(node: ast.expr, facts: dict[str, str]) -> bool:
    match node:
        case ast.BoolOp(op=ast.And(), values=values):
            return all(_truth(value, facts) for value in values)
        case ast.BoolOp(op=ast.Or(), values=values):
            return any(_truth(value, facts) for value in values)
        case ast.Compare(
            left=ast.Name(id=name), ops=[op], comparators=[ast.Constant(value=str(value))]
        ) if type(op) in COMPARE and name in facts:
            key = _numbers if "version" in name else str
            return COMPARE[type(op)](key(facts[name]), key(value))
    raise ValueError(f"cannot read the marker part {ast.unparse(node)!r}")


def _numbers(version: str) -> list[int]:
    numbers = [int(part) for part in re.findall(r"\d+", version)[:3]]
    return numbers + [0] * (3 - len(numbers))
