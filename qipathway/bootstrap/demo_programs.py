"""The demo's own programs: web server, worker, clock and mailbox."""

import http.client
import sys
from contextlib import suppress
from pathlib import Path

from qipathway.bootstrap.places import ROOT, log_file
from qipathway.bootstrap.ports import HOST
from qipathway.bootstrap.programs import Program

WEB = (
    "-m gunicorn qipathway.wsgi --preload --worker-class gthread --workers 2 --threads 8"
    " --graceful-timeout 3 --no-control-socket"
)
WORKER = (
    "-m celery -A qipathway worker --concurrency 2 --loglevel INFO"
    " --without-gossip --without-mingle"
)
PATIENCE = 2.0
"""Seconds that the rest waits, so that the page that a person waits for comes first."""
CLOCK = "-m celery -A qipathway beat --loglevel INFO"


def demo_programs(var: Path, env: dict[str, str]) -> list[Program]:
    """Return the programs; without a broker one loop takes the place of worker and clock."""
    mail_port = env["EMAIL_URL"].rpartition(":")[2]
    commands = {
        "mailbox": ["manage.py", "outbox_sink", "--host", HOST, "--port", mail_port],
        "web": [*WEB.split(), "--bind", f"{HOST}:{env['QIP_PORT']}"],
    }
    if env["REDIS_URL"]:
        commands["worker"] = WORKER.split()
        commands["clock"] = [*CLOCK.split(), "--schedule", str(var / "run/celerybeat-schedule")]
    else:
        commands["dispatcher"] = ["manage.py", "dispatch", "--loop"]
    return [
        Program(
            name="The web server" if name == "web" else f"The {name}",
            argv=[sys.executable, *words],
            log=str(log_file(name)),
            env=env,
            cwd=str(ROOT),
            delay=0.0 if name in {"web", "mailbox"} else PATIENCE,
        )
        for name, words in commands.items()
    ]


def web_answers(port: int) -> bool:
    """Tell whether the web server answers a request, whatever it says."""
    line = http.client.HTTPConnection(HOST, port, timeout=5)
    with suppress(OSError, http.client.HTTPException):
        line.request("GET", "/healthz")
        return line.getresponse().status > 0
    return False
