"""What docs/deployment tells systemd, Litestream and container builders is there, and fits together."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from survey.commands import running
from survey.commands.nachklang import nachklang
from survey.settings import _DEFAULTS, _SECRETS
from survey.web.participant.routes import participant_routes
from tests.deployment.proxies import FILES, SERVICE

ROOT = FILES.parents[1]
UNITS = FILES / "systemd"
PROGRAM = "/opt/nachklang/.venv/bin/nachklang"
CONTAINERFILE = FILES / "Containerfile"
DOCUMENT = ROOT / "docs" / "deployment.md"


def _lines(unit: str, key: str) -> list[str]:
    """What the unit, or its drop-in, says under that key."""
    sandbox = UNITS / "nachklang-.service.d" / "sandbox.conf"
    texts = [(UNITS / unit).read_text(encoding="utf-8")]
    texts += [sandbox.read_text(encoding="utf-8")] if unit.endswith(".service") else []
    return [
        line.partition("=")[2]
        for text in texts
        for line in text.splitlines()
        if line.startswith(f"{key}=")
    ]


def _units(kind: str) -> list[str]:
    return sorted(path.name for path in UNITS.glob(f"*.{kind}"))


def _called() -> list[list[str]]:
    """Every command of ours that a unit, the container or the document calls."""
    started = [words for unit in _units("service") for words in _lines(unit, "ExecStart")]
    text = DOCUMENT.read_text(encoding="utf-8")
    typed = re.findall(rf"{PROGRAM} ([a-z][^\n`]*)", text)
    contained = re.findall(
        r"^# +podman run .* nachklang nachklang(.*)$", _container(), re.MULTILINE
    )
    served = re.search(r"^CMD (\[.*\])$", _container(), re.MULTILINE)
    assert served is not None
    called = [
        *(shlex.split(words)[1:] for words in started if words.startswith(PROGRAM)),
        *(shlex.split(words, comments=True) for words in typed),
        *(shlex.split(words) for words in contained if words),
        re.findall(r'"([^"]*)"', served[1]),
    ]
    return list({tuple(words): words for words in called}.values())


def _container() -> str:
    return CONTAINERFILE.read_text(encoding="utf-8")


@pytest.mark.parametrize("words", _called(), ids=" ".join)
def test_each_command_that_is_called_exists_with_its_options(words: list[str]) -> None:
    command: click.Command = nachklang
    context = click.Context(nachklang)
    rest = list(words)
    while isinstance(command, click.Group):
        found = command.get_command(context, rest.pop(0))
        assert found is not None, words
        command = found
    options = {name for parameter in command.params for name in parameter.opts}

    assert {word.partition("=")[0] for word in rest if word.startswith("-")} <= options


def test_each_setting_that_is_named_exists() -> None:
    known = {f"NACHKLANG_{name}" for name in _DEFAULTS} | {
        f"NACHKLANG_{name}_FILE" for name in _SECRETS
    }
    files = [DOCUMENT, *(path for path in FILES.rglob("*") if path.is_file())]
    named = {
        name
        for path in files
        for name in re.findall(r"\bNACHKLANG_[A-Z_]+\b", path.read_text(encoding="utf-8"))
    }

    assert named - known == set()
    assert "NACHKLANG_TRUSTED_PROXY" in named


def test_timers_and_sockets_start_something_that_is_there() -> None:
    started = {Path(unit).stem for unit in (*_units("timer"), *_units("socket"))}

    assert started - {Path(unit).stem for unit in _units("service")} == set()


def test_every_service_of_ours_is_in_the_sandbox() -> None:
    """A drop-in for `nachklang-` reaches the names that begin so."""
    assert [unit for unit in _units("service") if not unit.startswith("nachklang-")] == []
    assert (UNITS / "nachklang-.service.d").is_dir()


def test_proxies_find_the_service_where_the_socket_is() -> None:
    assert _lines("nachklang-web.socket", "ListenStream") == [SERVICE]
    for name in ("nginx.conf", "Caddyfile"):
        found = set(re.findall(r"127\.0\.0\.1:\d+", (FILES / name).read_text(encoding="utf-8")))
        assert found == {SERVICE}


@pytest.mark.parametrize("unit", ["nachklang-web.service", "nachklang-worker.service"])
def test_a_unit_waits_longer_than_the_service_takes_to_finish(unit: str) -> None:
    """Pages and worker one after the other, each with its time."""
    assert int(_lines(unit, "TimeoutStopSec")[0]) > 2 * running.SECONDS_TO_FINISH


def test_nginx_takes_every_address_with_a_personal_link_for_one_of_participants() -> None:
    text = (FILES / "nginx.conf").read_text(encoding="utf-8")
    found = re.search(r'"~(\^/\([a-z|]+\)\S*)" participants;', text)
    assert found is not None
    with_links = [route.path for route in participant_routes() if "{token}" in route.path]

    assert len(with_links) > 5
    assert [path for path in with_links if not re.match(found[1], path)] == []


def test_what_the_container_copies_is_there() -> None:
    copied = [line.split()[1:-1] for line in re.findall(r"^COPY .*$", _container(), re.MULTILINE)]

    assert [name for names in copied for name in names if not (ROOT / name).exists()] == []
    assert {"survey", "forms", "exports", "templates"} - {
        n for names in copied for n in names
    } == set()


def test_litestream_reads_the_database_of_the_unit_and_begins_anew_each_week() -> None:
    text = (FILES / "litestream.yml").read_text(encoding="utf-8")
    data = dict(
        word.split("=", 1) for word in _lines("nachklang-web.service", "Environment")[0].split()
    )
    started = _lines("nachklang-litestream.service", "ExecStart")[0]
    paths = re.findall(r"^ *(?:meta-)?path: (\S+)$", text, re.MULTILINE)

    assert f"{data['NACHKLANG_DATA']}/nachklang.db" == re.findall(r"- path: (\S+)", text)[0]
    assert [path.rpartition("/")[2] for path in paths] == ["${REPLICA_WEEK}"] * 2
    assert ("REPLICA_WEEK=" in started, " -once " in started) == (True, True)
