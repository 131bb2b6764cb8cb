"""Where the state of the demo is kept."""

import pytest

from qipathway.bootstrap import places
from qipathway.bootstrap.terminal import BootstrapError


@pytest.fixture(autouse=True)
def _forget():
    places.var.cache_clear()
    places.own_folder.cache_clear()
    yield
    places.var.cache_clear()
    places.own_folder.cache_clear()


def test_the_state_folder_is_the_one_that_the_environment_names(tmp_path, monkeypatch):
    monkeypatch.setenv("QIP_VAR", str(tmp_path / "state"))

    assert places.var() == tmp_path / "state"
    assert list((tmp_path / "state").iterdir()) == []


def test_a_named_state_folder_that_cannot_be_written_is_refused(tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setenv("QIP_VAR", str(tmp_path / "file"))

    with pytest.raises(BootstrapError, match="QIP_VAR"):
        places.var()


def test_a_closed_checkout_leads_to_a_private_folder_in_the_cache(tmp_path, monkeypatch):
    (tmp_path / "checkout").touch()
    monkeypatch.setattr(places, "ROOT", tmp_path / "checkout")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("QIP_VAR", raising=False)

    folder = places.var()

    assert folder.parent.parent == tmp_path / "cache/qipathway"
    assert folder.parent.stat().st_mode & 0o777 == 0o700


def test_a_folder_that_others_can_enter_is_not_taken_for_private(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(places, "LASTING", tmp_path / "lasting")
    places.own_folder().chmod(0o755)
    places.own_folder.cache_clear()

    assert places.own_folder().parent == tmp_path / "lasting"


def test_the_secret_key_is_made_once_and_for_its_owner_alone(tmp_path):
    key = places.secret_key(tmp_path)

    assert places.secret_key(tmp_path) == key
    assert len(key) >= 50
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]
