"""PostgreSQL of the demo: started once, reached by its user, gone with its users."""

import os
import stat
from pathlib import Path
from urllib.parse import unquote

import pytest

from qipathway.bootstrap.clusters import LONGEST_SOCKET_PATH, settle
from qipathway.bootstrap.terminal import BootstrapError


def socket_folder(url: str) -> Path:
    return Path(unquote(url.strip().removeprefix("postgres://qip@").removesuffix("/qip")))


def postmaster(folder: Path) -> int:
    return int((folder / "postgres/data/postmaster.pid").read_text().splitlines()[0])


def test_two_first_starts_at_once_share_one_server_that_ends_with_the_last(
    empty_state, client, gone
):
    state = empty_state
    first, second = client(state), client(state)
    urls = [first.stdout.readline(), second.stdout.readline()]
    server = postmaster(state)

    assert urls[0] == urls[1] != ""
    assert (state / "log/postgres.log").read_text().count("ready to accept connections") == 1
    assert settle(state).ask("SELECT current_database()", database="qip") == "qip"

    first.kill()
    assert first.wait() < 0
    assert settle(state).answers()
    second.kill()
    assert gone(server)
    assert list(socket_folder(urls[0]).iterdir()) == []


def test_a_path_too_long_for_a_socket_leads_to_a_short_one_that_goes_away(
    state, client, gone, comes_true
):
    deep = state.joinpath(*["a-folder-with-a-rather-long-name"] * 3)
    deep.mkdir(parents=True)
    (state / "postgres").rename(deep / "postgres")
    process = client(deep)
    folder = socket_folder(process.stdout.readline())
    server = postmaster(deep)

    assert len(str(folder / ".s.PGSQL.5432")) < LONGEST_SOCKET_PATH < len(str(deep))
    assert stat.S_ISSOCK((folder / ".s.PGSQL.5432").stat().st_mode)
    assert folder.stat().st_mode & 0o777 == 0o700

    process.kill()
    assert gone(server)
    assert comes_true(lambda: not folder.exists())


def test_a_server_left_by_a_killed_keeper_is_replaced_and_its_data_kept(state, client, gone):
    process = client(state)
    process.stdout.readline()
    assert settle(state).ask("CREATE TABLE kept ()", database="qip") == ""
    server = postmaster(state)
    process.kill()
    assert gone(server)
    (state / "postgres/data/postmaster.pid").write_text(f"{os.getpid()}\n")

    client(state).stdout.readline()

    assert postmaster(state) != server
    assert settle(state).ask("SELECT count(*) FROM kept", database="qip") == "0"


def test_data_of_another_major_version_is_refused_with_the_next_step(empty_state):
    cluster = settle(empty_state)
    cluster.data.mkdir()
    (cluster.data / "PG_VERSION").write_text("9\n")

    with pytest.raises(BootstrapError, match=r"made by PostgreSQL 9.*\n.*demo --fresh"):
        cluster.initialise()
    assert [path.name for path in cluster.data.iterdir()] == ["PG_VERSION"]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root hands the server to another user")
def test_a_checkout_that_only_root_enters_keeps_its_permissions(tmp_path, client, gone, comes_true):
    closed = tmp_path / "checkout"
    (closed / "var").mkdir(parents=True)
    closed.chmod(0o700)
    before = {path: path.stat().st_mode for path in (*closed.parents, closed, closed / "var")}

    process = client(closed / "var")
    sockets = socket_folder(process.stdout.readline())
    elsewhere = Path((closed / "var/postgres-folder").read_text())

    assert sockets.parent == elsewhere
    assert elsewhere.stat().st_uid == 0
    assert (elsewhere / "data").stat().st_uid != 0
    assert {path: path.stat().st_mode for path in before} == before
    assert settle(closed / "var").answers()

    server = int((elsewhere / "data/postmaster.pid").read_text().splitlines()[0])
    process.kill()
    assert gone(server)
    assert comes_true(lambda: not elsewhere.exists())
