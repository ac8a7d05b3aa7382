"""The proxies of docs/deployment keep personal links and what was typed to themselves."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.deployment.proxies import TYPED, running, stopped

if TYPE_CHECKING:
    from pathlib import Path

    from tests.deployment.proxies import Proxy

BOTH = pytest.mark.parametrize("program", ["nginx", "caddy"])
LINK = "/f/kk2020.c2VjcmV0LXNlY3JldA.c2lnbmF0dXJl"
SECRET = "c2VjcmV0LXNlY3JldA"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
# As the files would be without the lines in question.
TALKATIVE = {
    "nginx": {
        "nachklang if=$nachklang_is_logged;": "combined;",
        "nachklang-error.log emerg;": "nachklang-error.log info;",
    },
    "caddy": {"\t\texclude http.log http.handlers http.stdlib\n": "\t\tlevel DEBUG\n"},
}


def _walk(proxy: Proxy) -> list[int]:
    """Every way in which a request of somebody with a personal link can end."""
    statuses = [
        proxy.ask("GET", LINK).status,
        proxy.ask("POST", LINK, b"overall=good", FORM).status,
    ]
    stopped(proxy)
    return [*statuses, proxy.ask("GET", LINK).status, proxy.ask("POST", LINK, b"x", FORM).status]


@BOTH
def test_no_proxy_writes_a_personal_link_or_the_address_of_whoever_has_it(
    program: str, tmp_path: Path
) -> None:
    with running(program, tmp_path) as proxy:
        statuses = _walk(proxy)
    written = proxy.written()

    assert statuses == [200, 200, 503, 503]
    assert (SECRET in written, "/f/" in written) == (False, False)
    assert [line for line in written.splitlines() if "remote" in line or "client:" in line] == []


@BOTH
def test_without_its_lines_a_proxy_writes_the_link(program: str, tmp_path: Path) -> None:
    with running(program, tmp_path, changed=TALKATIVE[program]) as proxy:
        _walk(proxy)

    assert SECRET in proxy.written()


def test_nginx_notes_the_hour_the_part_and_the_end_and_of_participants_only_failures(
    tmp_path: Path,
) -> None:
    with running("nginx", tmp_path) as proxy:
        _walk(proxy)
        proxy.ask("GET", "/arbeit/anmelden")
    lines = (tmp_path / "nachklang.log").read_text(encoding="utf-8").splitlines()

    assert [line.partition(" ")[2] for line in lines] == [
        "participants GET 503",
        "participants POST 503",
        "workplace GET 503",
    ]
    assert {len(line.partition(" ")[0]) for line in lines} == {len("2020-09-14T07")}


@pytest.mark.parametrize(
    ("program", "changed", "is_as_it_came"),
    [
        pytest.param("nginx", {}, True, id="nginx"),
        pytest.param("nginx", {"    gzip off;\n": ""}, False, id="nginx as Debian has it"),
        pytest.param("caddy", {}, True, id="caddy"),
        pytest.param(
            "caddy", {'\t# No "encode"': "\tencode gzip\n\t#"}, False, id="caddy that encodes"
        ),
    ],
)
def test_a_reply_goes_out_in_the_length_it_came(
    program: str, tmp_path: Path, changed: dict[str, str], *, is_as_it_came: bool
) -> None:
    with running(program, tmp_path, changed=changed) as proxy:
        reply = proxy.ask("GET", LINK, headers={"Accept-Encoding": "gzip"})

    assert (len(reply.content) > len(TYPED), "content-encoding" not in reply.headers) == (
        is_as_it_came,
        is_as_it_came,
    )


@BOTH
def test_a_client_s_own_words_on_where_it_comes_from_are_not_passed_on(
    program: str, tmp_path: Path
) -> None:
    lies = {"X-Forwarded-For": "203.0.113.7"}
    with running(program, tmp_path) as proxy:
        asked = json.loads(proxy.ask("GET", LINK, headers=lies).content)

    assert asked["headers"]["X-Forwarded-For"] == "127.0.0.1"


def test_nginx_keeps_what_is_typed_off_the_disk(tmp_path: Path) -> None:
    """It says so where it does not, and nothing else is longer than its buffers."""
    heard = {"nachklang-error.log emerg;": "nachklang-error.log warn;"}
    careless = heard | {
        "    client_body_buffer_size 6m;\n": "",
        "        client_body_buffer_size 512k;\n": "",
        "    proxy_max_temp_file_size 0;\n": "",
    }
    said = {}
    for name, changed in {"ours": heard, "careless": careless}.items():
        folder = tmp_path / name
        folder.mkdir()
        with running("nginx", folder, changed=changed) as proxy:
            proxy.ask("POST", LINK, b"x" * 250_000, FORM)
            proxy.ask("POST", "/arbeit/", b"x" * 5_000_000, FORM)
        said[name] = "temporary file" in proxy.written()

    assert said == {"ours": False, "careless": True}


@pytest.mark.parametrize(
    ("program", "changed"),
    [
        pytest.param(
            "nginx",
            {
                "# Nachklang behind": "upstream both { server 127.0.0.1:1; server 127.0.0.1:8000; }\n#",
                "proxy_pass http://127.0.0.1:8000;": "proxy_pass http://both;",
            },
            id="nginx",
        ),
        pytest.param(
            "caddy",
            {
                "reverse_proxy 127.0.0.1:8000 {": (
                    "reverse_proxy 127.0.0.1:1 127.0.0.1:8000 {\n\t\tlb_try_duration 5s\n\t\tbuffer_requests"
                )
            },
            id="caddy",
        ),
    ],
)
def test_of_two_machines_whichever_takes_connections_is_asked(
    program: str, tmp_path: Path, changed: dict[str, str]
) -> None:
    with running(program, tmp_path, changed=changed) as proxy:
        statuses = {
            proxy.ask(method, LINK, body, FORM).status
            for method, body in (("GET", b""), ("POST", b"overall=good")) * 4
        }

    assert statuses == {200}
