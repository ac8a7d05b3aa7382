from __future__ import annotations

import base64
import gzip
import hashlib
import re
from typing import TYPE_CHECKING

import pytest
from starlette.routing import Route
from starlette.testclient import TestClient

from survey.application import make_application
from survey.rendering import TEMPLATES
from survey.web.page_guards import guard_headers
from survey.web.style import read_style
from tests.accessibility.client import HOST, AccessibleClient

if TYPE_CHECKING:
    import logging

    from starlette.requests import Request
    from starlette.responses import Response

    from survey.installation import Installation
    from survey.model.event import EditionRecord
    from tests.people import Invited

GUARDS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "strict-transport-security": "max-age=31536000; includeSubDomains",
    "x-robots-tag": "noindex, nofollow",
}


def every_kind_of_page(client: AccessibleClient, anna: Invited) -> dict[str, object]:
    form = f"/f/{anna.token}"
    return {
        "form": client.get(form),
        "check": client.post(form, {"overall": "good"}),
        "refused": client.post(form, {}),
        "sent": client.post(form, {"overall": "good", "_action": "submit"}),
        "thanks": client.get(f"{form}/danke"),
        "forged": client.get("/f/x"),
        "start": client.get("/"),
        "nowhere": client.get("/nirgends"),
        "method": client.request("DELETE", "/link"),
        "too much": client.post(form, {"change": "x" * 300_000}),
    }


@pytest.mark.proves("S20", "S21", "S22", "S23", "S24", "U21")
def test_every_reply_is_guarded(client: AccessibleClient, anna: Invited) -> None:
    for name, page in every_kind_of_page(client, anna).items():
        headers = page.headers  # type: ignore[attr-defined]
        assert {k: headers.get(k) for k in GUARDS} == GUARDS, name
        assert headers["content-security-policy"].startswith("default-src 'none'; "), name
        assert "set-cookie" not in headers, name


@pytest.mark.proves("S20")
@pytest.mark.parametrize(
    ("base_url", "strict"), [("https://x.example", True), ("http://127.0.0.1:8000", False)]
)
def test_strict_transport_is_asked_for_behind_tls_only(base_url: str, *, strict: bool) -> None:
    names = {name for name, _ in guard_headers(read_style(TEMPLATES), base_url=base_url)}

    assert ("Strict-Transport-Security" in names) == strict


@pytest.mark.proves("S44", "U21")
def test_personal_pages_are_never_stored(client: AccessibleClient, anna: Invited) -> None:
    pages = every_kind_of_page(client, anna)

    for name in ("form", "check", "refused", "sent", "thanks", "forged", "too much"):
        assert pages[name].headers["cache-control"].startswith("no-store"), name  # type: ignore[attr-defined]


@pytest.mark.proves("S21")
def test_the_policy_allows_the_very_sheet_of_the_page(client: AccessibleClient) -> None:
    page = client.get("/")

    sheet = re.search(r"<style>(.*?)</style>", page.html, re.DOTALL)
    assert sheet is not None
    digest = base64.b64encode(hashlib.sha256(sheet[1].encode()).digest()).decode()
    assert f"'sha256-{digest}'" in page.headers["content-security-policy"]


def test_the_script_is_kept_for_ever_under_its_own_address(client: AccessibleClient) -> None:
    address = next(e.get("src") for e in client.get("/").markup.all("script"))

    script = client.get(address)

    assert (script.status, script.headers["content-type"]) == (
        200,
        "text/javascript; charset=utf-8",
    )
    assert "immutable" in script.headers["cache-control"]


@pytest.mark.proves("S29")
@pytest.mark.parametrize(("size", "status"), [(256 * 1024, 422), (256 * 1024 + 1, 413)])
def test_a_form_has_a_largest_size(
    client: AccessibleClient, anna: Invited, size: int, status: int
) -> None:
    fields = {"change": "x" * (size - len("change="))}

    assert client.post(f"/f/{anna.token}", fields).status == status


@pytest.mark.proves("S29")
@pytest.mark.parametrize(("number", "status"), [(200, 422), (201, 400)])
def test_a_form_has_a_largest_number_of_fields(
    client: AccessibleClient, anna: Invited, number: int, status: int
) -> None:
    fields = {f"field{n}": "x" for n in range(number)}

    assert client.post(f"/f/{anna.token}", fields).status == status


@pytest.mark.proves("S29")
@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data; boundary=x", b"--x--"),
        ("application/json", b"{}"),
        ("application/x-www-form-urlencoded", b"overall=%ff"),
        ("application/x-www-form-urlencoded", "overall=ü".encode()),
    ],
    ids=["multipart", "json", "no utf-8", "no ascii"],
)
def test_what_is_no_form_is_refused(
    client: AccessibleClient, anna: Invited, kind: str, body: bytes
) -> None:
    refused = client.request("POST", f"/f/{anna.token}", body, {"Content-Type": kind})

    assert refused.status == 400


@pytest.mark.proves("S43", "U22")
def test_what_nobody_expected_is_a_page_and_a_log_line_without_a_secret(
    inst: Installation, anna: Invited, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(request: Request) -> Response:
        raise RuntimeError(str(request.url))

    client = AccessibleClient(make_application(inst, more_routes=[Route("/f/{token}", broken)]))

    page = client.get(f"/f/{anna.token}")

    assert (page.status, page.heading) == (500, "Hier ist ein Fehler passiert")
    assert {k: page.headers.get(k) for k in GUARDS} == GUARDS
    assert "RuntimeError" in caplog.text
    assert anna.token not in caplog.text


def test_the_kept_form_is_compressed_for_those_who_take_it(
    inst: Installation, anna: Invited
) -> None:
    client = TestClient(make_application(inst), base_url=HOST)
    path = f"/f/{anna.token}"

    packed = client.get(path, headers={"Accept-Encoding": "gzip"})
    plain = client.get(path, headers={"Accept-Encoding": "identity"})

    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.content == plain.content


@pytest.mark.parametrize("language", ["de", "easy", "en"])
def test_the_form_fits_into_one_round_trip(
    client: AccessibleClient, anna: Invited, language: str
) -> None:
    page = client.get(f"/f/{anna.token}?sprache={language}")

    assert len(gzip.compress(page.html.encode(), 9)) <= 14_000


@pytest.mark.proves("U3")
def test_pages_that_echo_answers_have_one_length(
    client: AccessibleClient, anna: Invited, open_congress: EditionRecord
) -> None:
    form = f"/f/{anna.token}"
    longest = {"change": '"' * 300, "ws01--remark": "&" * 200, "overall": "good"}
    pages = [
        client.post(form, {"overall": "good"}),
        client.post(form, longest),
        client.post(form, {}),
        client.post(form, {"change": "x" * 301}),
        client.post(form, longest | {"_action": "edit"}),
        client.post(form, longest | {"_language": "en"}),
        client.post(form, longest | {"_language": "easy"}),
        client.post(form, longest | {"_action": "draft"}),
    ]

    assert open_congress.name == "kk2020"
    assert len({page.size for page in pages}) == 1
    assert {page.headers.get("content-encoding") for page in pages} == {None}
    assert {page.headers["cache-control"] for page in pages} == {"no-store, no-transform"}


@pytest.mark.proves("U6")
def test_without_padding_lengths_would_tell(client: AccessibleClient, anna: Invited) -> None:
    short = client.post(f"/f/{anna.token}", {"change": "kurz"})
    long = client.post(f"/f/{anna.token}", {"change": "lang " * 50})

    assert len(short.html.rstrip()) < len(long.html.rstrip())


@pytest.mark.proves("U22")
def test_no_access_log_is_written(
    client: AccessibleClient, anna: Invited, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    client.get(f"/f/{anna.token}")

    ours: list[logging.LogRecord] = [
        r for r in caplog.records if not r.name.startswith(("http", "asyncio"))
    ]
    assert ours == []


@pytest.mark.proves("S2", "S7")
@pytest.mark.parametrize("text", ["<svg onload=alert(1)>", '"><script>x</script>', "{{ 7*7 }}"])
def test_what_people_type_is_text(client: AccessibleClient, anna: Invited, text: str) -> None:
    checked = client.post(f"/f/{anna.token}", {"change": text})

    assert text in checked.text()
    assert checked.markup.all("svg") == []
    assert len(checked.markup.all("script")) == 1
