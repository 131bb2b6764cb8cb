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
    for path in [*(var / "run").glob("celerybeat-schedule*"), var / "run/cards.txt"]:
        path.unlink(missing_ok=True)


def prepare(var: Path, env: dict[str, str]) -> str:
    """Bring tables, demo program and static files up to date; return who can be signed in as."""
    cards = var / "run/cards.txt"
    _run(
        "Preparing the database and the demo program (once, about half a minute)"
        if not cards.exists()
        else "Bringing the database up to date",
        env,
        *("-m", "qipathway.bootstrap.demo_database", str(cards)),
    )
    stamp, digest = var / "run/static.stamp", _static_digest()
    manifest = var / "static/staticfiles.json"
    if not manifest.exists() or not stamp.exists() or stamp.read_text() != digest:
        text = "Collecting style sheets, scripts and pictures"
        _run(text, env, "manage.py", "collectstatic", "--no-input")
        stamp.write_text(digest)
    return cards.read_text()


def _run(text: str, env: dict[str, str], *words: str) -> None:
    env = {**env, "DJANGO_SETTINGS_MODULE": "qipathway.settings"}
    run_step(text, [sys.executable, *words], log=log_file("prepare"), env=env, cwd=ROOT)


def _static_digest() -> str:
    """Return a cheap fingerprint of the static sources (names, sizes and times) and the lock."""
    digest = hashlib.sha256(LOCK.read_bytes())
    folders = [ROOT / "static", *ROOT.glob("*/static"), *ROOT.glob("qipathway/**/static")]
    own = [folder for folder in folders if folder.parent.name != "var"]
    for path in sorted(path for folder in own for path in folder.rglob("*")):
        status = path.stat()
        digest.update(f"{path}|{status.st_size}|{status.st_mtime_ns}\n".encode())
    return digest.hexdigest()
