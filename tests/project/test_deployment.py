"""The files that run a site, held against the settings and against each other.

No engine is needed: they are read as what they are.
"""

import re
import tomllib
from importlib import metadata
from urllib.parse import urlsplit

import pytest
import yaml
from django.conf import settings
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.project.test_settings import COMPLETE, start

ROOT = settings.BASE_DIR
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES = COMPOSE["services"]
OURS = ("web", "worker", "beat", "migrate")
NGINX = (ROOT / "deploy/nginx/nginx.conf").read_text(encoding="utf-8")
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
EXAMPLE = dict(
    line.partition("=")[::2]
    for line in (ROOT / "deploy/example.env").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
)
READ = re.compile(r"""(?:env(?:\.\w+)?|secret|needed|environ\.get)\(\s*["']([A-Z_]+)["']""")
ASKED = re.compile(r"\$\{([A-Z_]+)(:[?-])?([^}]*)\}")
PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)
MARKED = re.compile(r"^([A-Za-z0-9._-]+)==\S+ ;", re.MULTILINE)
FREE = {"QIP_IMAGE", "SECRET_KEY_FALLBACKS"}
"""What may be left out: the name of an image, and keys of the past."""


def known_to_the_settings():
    text = (ROOT / "qipathway/settings.py").read_text(encoding="utf-8")
    return set(READ.findall(text))


def texts(value):
    if isinstance(value, dict):
        value = list(value.values())
    return [t for each in value for t in texts(each)] if isinstance(value, list) else [str(value)]


def in_bytes(size):
    number, unit = re.fullmatch(r"(\d+)([kmg]?)", size).groups()
    return int(number) * {"": 1, "k": 1024, "m": 1024**2, "g": 1024**3}[unit]


def directive(name):
    [value] = re.findall(rf"^\s*{name} ([^;]+);", NGINX, re.MULTILINE)
    return value


@pytest.mark.parametrize("name", OURS)
def test_a_service_of_ours_names_only_what_the_settings_read_and_all_that_they_need(name):
    said = set(SERVICES[name]["environment"])
    assert said - known_to_the_settings() == set()
    assert set(COMPLETE) - said == set()


def test_every_secret_comes_from_the_environment_and_has_no_default():
    asked = [found for text in texts(COMPOSE) for found in ASKED.findall(text)]
    lax = {name for name, how, _ in asked if how != ":?"}
    silent = {name for name, how, word in asked if how == ":?" and not word}
    assert (lax, silent) == (FREE, set())
    assert {name for name, _, _ in asked} - FREE == set(EXAMPLE)


def test_the_example_starts_nothing_until_every_secret_is_filled_in():
    secret = {"SECRET_KEY", "POSTGRES_PASSWORD", "REDIS_PASSWORD", "EMAIL_URL", "SITE_URL"}
    assert all("change-me" in EXAMPLE[name] for name in secret)
    for name in ("SECRET_KEY", "EMAIL_URL", "SITE_URL", "ALLOWED_HOSTS", "DEFAULT_FROM_EMAIL"):
        assert f"{name} still holds a placeholder" in start(**{name: EXAMPLE[name]}).stderr
    environment = SERVICES["web"]["environment"]
    for name in ("DATABASE_URL", "REDIS_URL"):
        filled = ASKED.sub(lambda found: EXAMPLE[found[1]], environment[name])
        assert f"{name} still holds a placeholder" in start(**{name: filled}).stderr


@pytest.mark.parametrize(("variable", "service", "port"), [("DATABASE_URL", "db", 5432)])
def test_addresses_name_services_that_are_there(variable, service, port):
    where = urlsplit(ASKED.sub("x", SERVICES["web"]["environment"][variable]))
    assert (where.hostname, where.port) == (service, port)
    assert service in SERVICES


def test_the_broker_keeps_what_it_is_given_and_nothing_on_disk():
    where = urlsplit(ASKED.sub("x", SERVICES["web"]["environment"]["REDIS_URL"]))
    assert (where.hostname, where.port) == ("redis", 6379)
    command = SERVICES["redis"]["command"][-1]
    assert "--maxmemory-policy noeviction" in command
    assert "--appendonly no" in command
    assert '--save ""' in command
    assert "volumes" not in SERVICES["redis"]


def test_nobody_but_nginx_is_reached_from_outside_and_nothing_forbids_more_of_us():
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["nginx"]
    assert [name for name, service in SERVICES.items() if "container_name" in service] == []
    assert COMPOSE["networks"]["inside"] == {"internal": True}
    assert {SERVICES[name]["networks"][0] for name in ("db", "redis", *OURS)} == {"inside"}


def test_everybody_waits_for_the_one_migration_and_the_database():
    assert SERVICES["migrate"]["restart"] == "no"
    assert SERVICES["migrate"]["command"] == "python manage.py migrate --noinput"
    for name in ("web", "worker", "beat"):
        waits = {on: how["condition"] for on, how in SERVICES[name]["depends_on"].items()}
        assert waits == {
            "db": "service_healthy",
            "redis": "service_healthy",
            "migrate": "service_completed_successfully",
        }


@pytest.mark.parametrize("name", ["nginx", "web", "worker", "db", "redis"])
def test_what_others_lean_on_is_asked_whether_it_is_well(name):
    assert SERVICES[name]["healthcheck"]["test"]


def test_files_and_database_are_kept_in_volumes_where_the_application_looks_for_them():
    assert set(COMPOSE["volumes"]) == {"database", "files"}
    var = re.search(r"QIP_VAR=(\S+)", DOCKERFILE)[1]
    beneath = settings.MEDIA_ROOT.relative_to(settings.VAR)
    for name in OURS:
        assert SERVICES[name]["volumes"] == [f"files:{var}/{beneath}"]
        assert SERVICES[name]["read_only"] is True
    assert "-m 0750 /srv/var/files" in DOCKERFILE


def test_the_image_runs_as_nobody_special_with_hashed_packages_and_without_secrets():
    steps = [line.split() for line in DOCKERFILE.splitlines() if re.match(r"[A-Z]+ ", line)]
    assert [step[1] for step in steps if step[0] == "USER"] == ["qipathway"]
    installs = re.findall(r"pip install(.*?)(?=\n[A-Z]|\Z)", DOCKERFILE, re.DOTALL)
    assert len(installs) == 2
    assert all("--require-hashes" in options for options in installs)
    assert re.findall(r"^(?:ARG|ENV).*(?:SECRET|PASSWORD|KEY)", DOCKERFILE, re.MULTILINE) == []
    assert "collectstatic" in DOCKERFILE
    copied = {step[1] for step in steps if step[0] == "COPY" and "--from" not in step[1]}
    allowed = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert allowed[0] == "*"
    assert {f"!{name}" for name in copied} == {line for line in allowed if line.startswith("!")}
    assert all((ROOT / name).exists() for name in copied)


def test_the_site_s_own_lock_is_what_the_application_needs_and_nothing_more():
    """Every package of it is in the great lock too, in the same version; the closure is whole."""
    text = (ROOT / "deploy/requirements.lock").read_text(encoding="utf-8")
    own = dict(PIN.findall(text))
    great = dict(PIN.findall((ROOT / "requirements.lock").read_text(encoding="utf-8")))
    assert own.items() <= great.items()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted, left = set(), [Requirement(line) for line in project["dependencies"]]
    while left:
        one = left.pop()
        name = canonicalize_name(one.name)
        for extra in one.extras | {""}:
            if (name, extra) not in wanted:
                wanted.add((name, extra))
                left += [
                    need
                    for line in metadata.requires(name) or ()
                    if (need := Requirement(line)).marker is None
                    or need.marker.evaluate({"extra": extra})
                ]
    names = {name for name, _ in wanted}
    assert names <= set(own)
    for_some_machines = set(MARKED.findall(text))
    assert set(own) - names <= for_some_machines


def test_nginx_takes_as_much_as_the_application_and_no_more():
    body = in_bytes(directive("client_max_body_size"))
    assert body == 25 * 1024**2
    assert body > settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    assert directive("proxy_request_buffering") == "on"
    assert directive("proxy_buffering") == "on"
    assert int(directive("client_header_timeout").removesuffix("s")) <= 10


def test_what_nginx_refuses_by_itself_is_said_in_words():
    pages = dict(re.findall(r"error_page ([\d ]+) (@\w+);", NGINX))
    assert {code for codes in pages for code in codes.split()} == {"413", "429", "502", "504"}
    for codes, name in pages.items():
        [answer] = re.findall(rf'location {name} {{\s*return (\d+) "(.+)";', NGINX)
        assert answer[0] in codes
        assert "<h1>" in answer[1]
    assert f"up to {directive('client_max_body_size').removesuffix('m')} MB" in NGINX


def test_nginx_waits_longer_for_a_page_than_the_database_may_take():
    options = settings.DATABASES["default"]["OPTIONS"]["options"]
    statement = int(re.search(r"statement_timeout=(\d+)s", options)[1])
    assert int(directive("proxy_read_timeout").removesuffix("s")) > statement
    grace = int(re.search(r'"--graceful-timeout", "(\d+)"', DOCKERFILE)[1])
    assert int(SERVICES["web"]["stop_grace_period"].removesuffix("s")) > grace


def test_nginx_speaks_to_the_web_server_and_passes_no_stranger_s_word_about_themself():
    port = re.search(r'"--bind", "0.0.0.0:(\d+)"', DOCKERFILE)[1]
    assert directive(r"set \$web") == f"http://web:{port}"
    assert f"PORT = {port}" in (ROOT / "deploy/probe.py").read_text(encoding="utf-8")
    passed = dict(re.findall(r"proxy_set_header (\S+) ([^;]+);", NGINX))
    assert passed["X-Forwarded-For"] == "$remote_addr"
    assert passed["X-Forwarded-Proto"] == "$scheme"
    assert passed["Host"] == "$host"
    for name in ("X-Forwarded-Host", "X-Real-IP", "Forwarded"):
        assert passed[name] == '""'


def test_the_certificate_is_read_where_compose_puts_it():
    for name in ("ssl_certificate", "ssl_certificate_key"):
        assert directive(name).removeprefix("/run/secrets/") in SERVICES["nginx"]["secrets"]
    assert set(COMPOSE["secrets"]) == set(SERVICES["nginx"]["secrets"])
