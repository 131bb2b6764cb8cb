"""Which port the demo takes."""

import socket

import pytest

from qipathway.bootstrap import ports
from qipathway.bootstrap.terminal import BootstrapError


@pytest.fixture
def busy():
    with socket.socket() as server:
        server.bind((ports.HOST, 0))
        server.listen()
        yield server.getsockname()[1]


def test_a_free_port_that_is_asked_for_is_taken():
    port = ports.any_port()

    assert ports.web_port(port) == port


def test_a_busy_port_that_is_asked_for_is_refused_by_its_number(busy):
    with pytest.raises(BootstrapError, match=f"Port {busy} is used by another program"):
        ports.web_port(busy)


def test_without_a_wish_a_busy_first_port_is_passed_over_and_that_is_said(
    busy, monkeypatch, capsys
):
    monkeypatch.setattr(ports, "FIRST", busy)
    monkeypatch.setattr(ports, "LAST", busy + 50)

    port = ports.web_port(None)

    assert busy < port <= busy + 50
    assert capsys.readouterr().out == (
        f"Port {busy} is used by another program; this demo takes {port}.\n"
    )


def test_when_all_ports_are_busy_the_next_step_is_told(busy, monkeypatch):
    monkeypatch.setattr(ports, "FIRST", busy)
    monkeypatch.setattr(ports, "LAST", busy)

    with pytest.raises(BootstrapError, match="demo --port NUMBER"):
        ports.web_port(None)
