"""Making a Python environment and filling it from the lock, whatever tools this machine has."""

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

from qipathway.bootstrap.places import cache_folder
from qipathway.bootstrap.processes import run_step
from qipathway.bootstrap.requirements import LOCK
from qipathway.bootstrap.terminal import BootstrapError, last_lines, say

UV = Path(__file__).with_name("uv-requirements.txt")
QUIET_PIP = {"PIP_USER": "0", "PIP_REQUIRE_VIRTUALENV": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
NETWORK = "If the network was away, run the command again when it is back."


def make_empty(folder: Path, log: Path) -> None:
    """Make an environment without packages, with uv or with the standard library."""
    text = f"Making a Python environment in {folder}"
    if uv := shutil.which("uv"):
        run_step(
            text,
            [uv, "venv", "--clear", "--python", sys.executable, folder],
            log=log,
            env=_uv_environment(),
        )
        return
    if not _has("venv") or not (_has("pip") or _has("ensurepip")):
        raise BootstrapError(
            "This Python can neither make an environment with pip, nor is uv installed.\n"
            "On Debian and Ubuntu: sudo apt install python3-venv\n"
            "Elsewhere install pip or uv for it; then run the command again."
        )
    pip = ["--without-pip"] if _has("pip") else []
    run_step(text, [sys.executable, "-m", "venv", "--clear", *pip, folder], log=log)


def install(folder: Path, log: Path) -> None:
    """Install the lock with uv; with pip, which takes minutes, only where uv does not work."""
    try:
        uv = shutil.which("uv") or _fetch_uv(folder, log)
        try:
            _install_with_uv(uv, folder, log, _uv_environment())
        except BootstrapError:
            if "certificate" not in last_lines(log):
                raise
            say("It did not trust the network's certificate; this machine's own list may.")
            _install_with_uv(uv, folder, log, _uv_environment() | {"UV_SYSTEM_CERTS": "1"})
    except BootstrapError:
        say(f"uv could not do that ({log} says why); pip tries it now.")
        run_step(
            "Setting up Python packages with pip (once, some minutes)",
            [*_pip(folder), "install", "--require-hashes", "-r", LOCK],
            log=log,
            env=os.environ | QUIET_PIP,
            advice=NETWORK,
        )


def _install_with_uv(uv: str | Path, folder: Path, log: Path, env: dict[str, str]) -> None:
    run_step(
        "Setting up Python packages (once, about half a minute)",
        [
            *(uv, "pip", "install", "--python", folder / "bin/python", "--compile-bytecode"),
            *("--require-hashes", "-r", LOCK),
        ],
        log=log,
        env=env,
    )


def _fetch_uv(folder: Path, log: Path) -> Path:
    """Install uv, by its hash, into a folder of the environment; nothing else is touched."""
    target = folder / "uv"
    pip = [sys.executable, "-m", "pip"] if _has("pip") else [folder / "bin/python", "-m", "pip"]
    run_step(
        "Fetching uv, the package installer (once)",
        [*pip, "install", "--upgrade", "--target", target, "--require-hashes", "-r", UV],
        log=log,
        env=os.environ | QUIET_PIP,
    )
    return target / "bin/uv"


def _pip(folder: Path) -> list[str | Path]:
    python = folder / "bin/python"
    own = subprocess.run([python, "-m", "pip", "--version"], capture_output=True, check=False)
    if own.returncode == 0:
        return [python, "-m", "pip"]
    return [sys.executable, "-m", "pip", "--python", python]


def _uv_environment() -> dict[str, str]:
    """Return an environment in which uv neither fetches Pythons nor needs a home."""
    env = {**os.environ, "UV_PYTHON_DOWNLOADS": "never", "UV_NO_PROGRESS": "1"}
    base = cache_folder()
    nearest = next((path for path in (base, *base.parents) if path.exists()), base)
    if not base.is_absolute() or not os.access(nearest, os.W_OK):
        env["UV_NO_CACHE"] = "1"
    return env


def _has(module: str) -> bool:
    """Tell whether this Python has a module; a folder that an uninstalled one left is none."""
    found = importlib.util.find_spec(module)
    return found is not None and found.origin is not None
