"""What every reply of the service carries and what no page of it holds: from the route table, errors too."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from starlette.responses import Response
from starlette.routing import Route

from survey.application import make_application
from survey.web.attachment import SANDBOX
from tests.accessibility.client import HOST
from tests.people import add_person, stored_record
from tests.security.site_map import Place, methods_of, site_map, stranger_at, walk
from tests.security.test_foreign_objects import PRINTED
from tests.web.test_page_guards import GUARDS
from tests.web.workplace.test_matrix import contents

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx2
    from starlette.requests import Request

    from survey.installation import Installation
    from tests.security.two_towns import TwoTowns

OWN_POLICY = re.compile(
    r"default-src 'none'; style-src 'self' 'sha256-[\w+/=]+'; img-src 'self' data:; "
    r"script-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
IN_OUR_OWN_FRAME = "/fragebogen/vorschau"
"""The preview of the form stands in a frame of the page around it, and in no other."""
FOR_EVERYBODY = {"/", "/barrierefreiheit", "/datenschutz", "/hilfe", "/versprechen"}
"""The same for everybody: these may be kept, and are asked about each time."""
COOKIE = re.compile(r"__Host-nachklang[\w-]*=[^;]*(; \w[\w-]*(=[^;,]*)?)*", re.IGNORECASE)
INLINE = (
    re.compile(r"<[^>]+\sstyle\s*=", re.IGNORECASE),
    re.compile(r"<[^>]+\son\w+\s*=", re.IGNORECASE),
    re.compile(r"<script(?![^>]*\ssrc=)", re.IGNORECASE),
    re.compile(r"(?:src|srcset|action|formaction|poster)\s*=\s*[\"'](?:https?:)?//", re.IGNORECASE),
    re.compile(r"<(?:base|iframe[^>]*//|object|embed|applet)\b", re.IGNORECASE),
)


def parts_of_nothing(path: str) -> str:
    """The address with something that is not there in each place."""
    return Place(path).with_parts(
        {name: "x" for route in site_map() for name in route.param_convertors}
    )


def wrong_in(reply: httpx2.Response) -> list[str]:
    """What is missing among the reply's headers, and what its page must not hold."""
    headers = reply.headers
    policy = headers.get("content-security-policy", "")
    wrong = [name for name, value in GUARDS.items() if headers.get(name) != value]
    path = reply.request.url.path
    if path.endswith((IN_OUR_OWN_FRAME, f"{IN_OUR_OWN_FRAME}/formular")):
        policy = policy.replace("; frame-src 'self'", "").replace(
            "ancestors 'self'", "ancestors 'none'"
        )
    if policy != SANDBOX and not OWN_POLICY.fullmatch(policy):
        wrong.append(policy or "no policy")
    is_public = path in FOR_EVERYBODY or "immutable" in headers["cache-control"]
    if "no-store" not in headers["cache-control"] and not is_public:
        wrong.append(headers["cache-control"])
    if headers.get("content-type", "").startswith("text/html") and policy != SANDBOX:
        wrong += [found[0][:80] for rule in INLINE if (found := rule.search(reply.text))]
    for cookie in headers.get_list("set-cookie"):
        told = {part.strip().lower() for part in cookie.split(";")[1:]}
        is_ours = COOKIE.fullmatch(cookie) and path.startswith("/arbeit")
        if not is_ours or not told >= {"secure", "httponly", "samesite=lax", "path=/"}:
            wrong.append(f"cookie {cookie.partition('=')[0]}")
        if any(part.startswith("domain") for part in told):
            wrong.append("cookie for other hosts")
    return wrong


def test_what_is_wrong_is_found(inst: Installation) -> None:
    async def faulty(_: Request) -> Response:
        page = '<p style="color: red" onclick="x()"><script>x()</script><img src="//x.example/p">'
        return Response(
            page,
            200,
            {"Content-Security-Policy": "default-src *", "Set-Cookie": "id=1"},
            media_type="text/html",
        )

    application = make_application(inst, more_routes=[Route("/faulty", faulty)])

    assert wrong_in(stranger_at(application).ask("GET", "/faulty")) == [
        "default-src *",
        "<p style=",
        '<p style="color: red" onclick=',
        "<script",
        'src="//',
        "cookie id",
    ]


@pytest.mark.proves("S19", "S20", "S21", "S22", "S23", "S24")
def test_every_reply_to_a_stranger_is_guarded_whatever_is_asked(towns: TwoTowns) -> None:
    replies = {
        (method, path): towns.stranger.ask(method, parts_of_nothing(path))
        for path in methods_of()
        for method in ("GET", "HEAD", "POST", "DELETE")
    }

    assert {e: wrong for e, reply in replies.items() if (wrong := wrong_in(reply))} == {}
    assert {reply.status_code for reply in replies.values()} >= {200, 303, 401, 404, 405}
    assert max(reply.status_code for reply in replies.values()) < 500


@pytest.mark.proves("S19", "S20", "S21", "S22", "S23", "S24", "S26")
def test_every_page_of_the_workplace_is_guarded_and_writes_nothing(towns: TwoTowns) -> None:
    before = contents(towns.inst)
    replies: dict[str, httpx2.Response] = {}

    walk(towns.olga, ["/arbeit"], most=1, unopened=PRINTED, replies=replies)

    assert {e: wrong for e, reply in replies.items() if (wrong := wrong_in(reply))} == {}
    assert contents(towns.inst) == before
    assert len(replies) > 80


def participants_pages(towns: TwoTowns) -> Iterator[tuple[str, httpx2.Response]]:
    """Every page of somebody who was invited."""
    person = add_person(towns.inst, stored_record(towns.inst, "kk2020"), "Pia Probst")
    opt_out = towns.inst.links.opt_out_token("kk2020", person.id)
    form = f"/f/{person.token}"
    for method, address, body in (
        ("GET", form, ""),
        ("HEAD", form, ""),
        ("POST", form, "overall=good"),
        ("POST", form, "change=%FF"),
        ("POST", form, "overall=good&_action=draft"),
        ("POST", form, "overall=good&_action=submit"),
        ("GET", f"{form}/danke", ""),
        ("GET", f"{form}/zurueck", ""),
        ("POST", f"{form}/zurueck", ""),
        ("GET", f"/abmelden/{opt_out}", ""),
        ("POST", f"/abmelden/{opt_out}", "List-Unsubscribe=One-Click"),
        ("POST", "/link", "address=pia@example.org&edition=kk2020"),
    ):
        yield address, towns.stranger.ask(method, address, body)


@pytest.mark.proves("S19", "S44")
def test_whoever_answers_gets_no_cookie_and_no_link_with_a_secret_to_elsewhere(
    towns: TwoTowns,
) -> None:
    replies = list(participants_pages(towns))

    assert {a: wrong for a, reply in replies if (wrong := wrong_in(reply))} == {}
    assert [a for a, reply in replies if "set-cookie" in reply.headers] == []
    secrets = {address.split("/")[2] for address, _ in replies if address.count("/") > 1}
    elsewhere = [
        found
        for _, reply in replies
        for found in re.findall(r'(?:href|src|action)="(\w+:[^"]*)"', reply.text)
        if any(secret in found for secret in secrets) and not found.startswith(HOST)
    ]
    assert elsewhere == []
    assert {reply.status_code for _, reply in replies} == {200, 303, 400}


@pytest.mark.proves("S20", "S22", "S24", "S43")
def test_errors_of_every_kind_are_guarded_and_show_no_inside(
    inst: Installation,
) -> None:
    async def broken(_: Request) -> Response:
        secret = "geheimes-token"
        raise ZeroDivisionError(secret)

    paths = ("/kaputt", "/arbeit/kaputt", "/api/v1/kaputt")
    application = make_application(inst, more_routes=[Route(path, broken) for path in paths])
    browser = stranger_at(application)
    asked: dict[str, httpx2.Response] = {path: browser.ask("GET", path) for path in paths}
    asked |= {
        "too much": browser.ask("POST", "/link", "x=" + "y" * 300_000),
        "no form": browser.ask("POST", "/link", "%zz=%FF"),
        "too much inside": browser.ask("POST", "/arbeit/anmelden", "x=" + "y" * 300_000),
        "nowhere": browser.ask("GET", "/arbeit/nirgends"),
        "no such number": browser.ask("GET", "/api/v1/nirgends"),
        "slash too many": browser.ask("GET", "/link/"),
    }

    assert {name: wrong for name, reply in asked.items() if (wrong := wrong_in(reply))} == {}
    assert {name: reply.status_code for name, reply in asked.items()} == dict.fromkeys(
        paths, 500
    ) | {
        "too much": 413,
        "no form": 400,
        "too much inside": 413,
        "nowhere": 404,
        "no such number": 404,
        "slash too many": 404,
    }
    told = "\n".join(reply.text for reply in asked.values())
    assert [word for word in ("geheimes", "Traceback", "ZeroDivision", ".py") if word in told] == []
