"""Invalid options that `catdog-sort serve` refuses at the start, and its settings."""

import json
import socket
from importlib.util import find_spec
from pathlib import Path

import pytest
from typer.testing import CliRunner

from catdog_sorter.cli import app, serve
from catdog_sorter.model.bundle import ModelBundle
from catdog_sorter.storage.locations import config_file

TOKEN = "a-token-that-only-clients-have"

needs_extra = pytest.mark.skipif(find_spec("fastapi") is None, reason="the extra serve is missing")


def run(*words: object):
    return CliRunner().invoke(app, ["serve", *map(str, words)])


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "find_spec", lambda name: None)
    result = run()
    assert (result.exit_code, result.stdout) == (3, "")
    assert "pip install 'catdog-sorter[serve]'" in result.stderr


@needs_extra
@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "photos.example"])
def test_other_computers_are_not_let_in_without_a_token(host: str) -> None:
    result = run("--host", host)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Give --token-file, or set CATDOG_SORTER_TOKEN." in result.stderr


@needs_extra
@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "cannot be read"),
        (b"\xff", "cannot be read"),
        (b"", "must be 16 or more ASCII"),
        (b"short", "must be 16 or more ASCII"),
        ("ein sehr geheimes Wört".encode(), "must be 16 or more ASCII"),
        (b"two words on\ntwo lines, each long", "must be 16 or more ASCII"),
    ],
)
def test_a_bad_token_is_refused(content: bytes | None, words: str, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / "token").write_bytes(content)
    result = run("--token-file", tmp_path / "token")
    assert (result.exit_code, result.stdout) == (2, "")
    assert words in result.stderr
    assert "secrets.token_urlsafe()" in result.stderr


def test_a_token_comes_from_a_file_or_else_from_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "token").write_text(f"{TOKEN}\n")
    assert serve._token(None) is None
    monkeypatch.setenv(serve.TOKEN_VARIABLE, "x" * 16)
    assert serve._token(None) == "x" * 16
    assert serve._token(str(tmp_path / "token")) == TOKEN


@needs_extra
def test_a_port_that_is_taken_is_named_and_settings_count(colour_bundle: ModelBundle) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        config_file().write_text(f"port = {port}\n")
        result = run("--model", colour_bundle.folder)
        assert (result.exit_code, result.stdout) == (2, "")
        assert f"Cannot listen on 127.0.0.1 port {port}" in result.stderr
    config_file().write_text('token-file = "relative"\n')
    assert "token-file must be an absolute path" in run().stderr
    config_file().write_text("port = 8000.5\n")
    assert "port must be a whole number, not 8000.5" in run().stderr
    config_file().write_text("queue = 0\n")
    assert "line 1: queue: " in run().stderr
    config_file().write_text('host = "::1"\n')
    lines = CliRunner().invoke(app, ["config", "show", "--json"]).stdout.splitlines()
    shown = {row["key"]: row for row in map(json.loads, lines)}
    assert shown["host"] == {"key": "host", "value": "::1", "from": f"{config_file()}, line 1"}
    assert shown["port"] == {"key": "port", "value": 8000, "from": "default"}
