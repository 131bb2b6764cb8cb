"""The demo's data: tables, static files and the demo program, each made when it is missing."""

import hashlib
import shutil
import sys
from pathlib import Path

from qipathway.bootstrap.places import ROOT, log_file
from qipathway.bootstrap.processes import run_step
from qipathway.bootstrap.requirements import LOCK


def forget(var: Path) -> None:
    """Remove what the demo keeps beside the database: uploaded files, mails, the clock's notes."""
    for name in ("files", "outbox"):
        shutil.rmtree(var / name, ignore_errors=True)
    for schedule in (var / "run").glob("celerybeat-schedule*"):
        schedule.unlink()


def prepare(var: Path, env: dict[str, str]) -> None:
    """Bring tables, static files and the demo program up to date."""
    _manage("Bringing the database tables up to date", env, "migrate", "--no-input")
    stamp, digest = var / "run/static.stamp", _static_digest()
    manifest = var / "static/staticfiles.json"
    if not manifest.exists() or not stamp.exists() or stamp.read_text() != digest:
        _manage("Collecting style sheets, scripts and pictures", env, "collectstatic", "--no-input")
        stamp.write_text(digest)
    _manage("Loading the demo program", env, "load_demo")


def _manage(text: str, env: dict[str, str], *verb: str) -> None:
    command: list[str | Path] = [sys.executable, ROOT / "manage.py", *verb]
    run_step(text, command, log=log_file("prepare"), env=env, cwd=ROOT)


def _static_digest() -> str:
    """Return a cheap fingerprint of the static sources (names, sizes and times) and the lock."""
    digest = hashlib.sha256(LOCK.read_bytes())
    folders = [ROOT / "static", *ROOT.glob("*/static"), *ROOT.glob("qipathway/**/static")]
    own = [folder for folder in folders if folder.parent.name != "var"]
    for path in sorted(path for folder in own for path in folder.rglob("*")):
        status = path.stat()
        digest.update(f"{path}|{status.st_size}|{status.st_mtime_ns}\n".encode())
    return digest.hexdigest()
