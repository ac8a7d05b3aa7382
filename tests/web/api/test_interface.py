"""The programming interface: published results of the token's organisation, and nothing else."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from exports.summary_json import summary_json
from exports.summary_schema import ROOT, summary_schemas
from survey.housekeeping import profile_of
from survey.interface_tokens import MOST_TOKENS, make_token, revoke_token, tokens_of
from survey.model.workplace import MAIN_ORGANISATION
from survey.reporting.published import published_summary
from survey.storage.deeds import all_deeds
from survey.web.api.pace import MOST_AT_ONCE
from tests.people import add_person, stored_record
from tests.workplace import COUNTED, FOREIGN, furnish

if TYPE_CHECKING:
    from survey.installation import Installation
    from tests.accessibility.client import AccessibleClient, Page
    from tests.people import StoppedClock
    from tests.workplace import Workplace

EDITIONS = "/api/v1/editions"
ADDRESSES = (EDITIONS, f"{EDITIONS}/{COUNTED}", f"{EDITIONS}/{COUNTED}/summary")


@dataclass(frozen=True, slots=True)
class Programs:
    """A program of Musterstadt, and one of another town."""

    inst: Installation
    client: AccessibleClient
    token: str
    foreign: str

    def get(self, path: str, *, token: str = "") -> Page:
        return self.client.get(path, headers={"Authorization": f"Bearer {token or self.token}"})


@pytest.fixture
def programs(furnished: None, workplace: Workplace) -> Programs:  # noqa: ARG001 -- in what it finds
    return Programs(
        workplace.inst,
        workplace.stranger,
        make_token(workplace.inst, MAIN_ORGANISATION, purpose="Statistikamt"),
        make_token(workplace.inst, FOREIGN.id, purpose="Statistikamt"),
    )


def problem_of(page: Page) -> tuple[str, int, str, set[str]]:
    body = json.loads(page.html)
    return page.headers["content-type"], body["status"], body["title"], set(body)


def test_the_editions_are_listed_by_event_without_any_number_of_people(
    programs: Programs,
) -> None:
    page = programs.get(EDITIONS)

    listed = json.loads(page.html)["editions"]
    assert [(e["name"], e["state"], e["summary"] is not None) for e in listed] == [
        ("kk2020", "open", False),
        ("ikone2", "planned", False),
        ("kk2019", "counted", True),
    ]
    assert not any(isinstance(v, int) and not isinstance(v, bool) for e in listed for v in e.values())  # fmt: skip


def test_the_summary_is_the_published_one_byte_for_byte(programs: Programs) -> None:
    page = programs.get(f"{EDITIONS}/{COUNTED}/summary")

    assert page.html == summary_json(published_summary(programs.inst, COUNTED))
    assert page.headers["content-type"] == "application/json"


def test_reading_publishes_and_logs_nothing(programs: Programs) -> None:
    before = all_deeds(programs.inst.database.read())

    for address in ADDRESSES:
        assert programs.get(address).status == 200

    assert all_deeds(programs.inst.database.read()) == before


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize(
    "header",
    ["", "Bearer", "Bearer ", "Bearer nk_wrong", "Bearer x", "Basic b2xnYTp4", "nk_"],
)
def test_without_a_valid_token_nothing_is_said(
    programs: Programs, address: str, header: str
) -> None:
    assert programs.get(address).status == 200

    page = programs.client.get(address, headers={"Authorization": header})

    assert problem_of(page)[:3] == ("application/problem+json", 401, "Unauthorized")
    assert page.headers["www-authenticate"] == 'Bearer realm="Nachklang"'
    assert "kk2019" not in page.html


def test_a_signed_in_browser_has_no_token(workplace: Workplace) -> None:
    assert workplace.olga.get(EDITIONS).status == 401


def test_a_revoked_token_opens_nothing(programs: Programs) -> None:
    assert programs.get(EDITIONS).status == 200
    [token] = tokens_of(programs.inst, MAIN_ORGANISATION)

    revoke_token(programs.inst, MAIN_ORGANISATION, token.id)

    assert programs.get(EDITIONS).status == 401


@pytest.mark.proves("S39")
def test_a_foreign_edition_is_not_there(programs: Programs) -> None:
    for address in ADDRESSES[1:]:
        assert programs.get(address).status == 200

        foreign = programs.get(address, token=programs.foreign)

        assert problem_of(foreign)[1] == 404
        assert foreign.html == programs.get(f"{EDITIONS}/nirgends").html
    assert json.loads(programs.get(EDITIONS, token=programs.foreign).html) == {"editions": []}


@pytest.mark.parametrize("name", ["kk2020", "ikone2"])
def test_before_the_count_there_is_no_number(programs: Programs, name: str) -> None:
    record = stored_record(programs.inst, name)
    add_person(programs.inst, record, "Kanaria Vogel", address="kanaria@example.org")

    page = programs.get(f"{EDITIONS}/{name}/summary")

    assert problem_of(page) == (
        "application/problem+json",
        409,
        "Conflict",
        {"type", "title", "status", "detail"},
    )
    assert not set(page.html) & set("135678")
    assert "anaria" not in page.html


def test_what_reports_suppress_is_suppressed_here(
    workplace: Workplace, clock: StoppedClock
) -> None:
    furnish(workplace.inst, clock, answers=4)
    token = make_token(workplace.inst, MAIN_ORGANISATION, purpose="Statistikamt")

    page = workplace.stranger.get(
        f"{EDITIONS}/{COUNTED}/summary", headers={"Authorization": f"Bearer {token}"}
    )

    findings = [f for s in json.loads(page.html)["sections"] for f in s["findings"]]
    assert {f["suppressed"] for f in findings} == {"few"}
    assert [f.get("choices", []) for f in findings if f["type"] == "ChoicesFinding"]
    assert not any(f.get("choices") or f.get("counts") or f.get("quotes") for f in findings)


@pytest.mark.parametrize("address", [*ADDRESSES, "/api/v1/openapi.json"])
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
def test_it_is_read_only(programs: Programs, address: str, method: str) -> None:
    page = programs.client.request(
        method, address, headers={"Authorization": f"Bearer {programs.token}"}
    )

    assert problem_of(page)[1:3] == (405, "Method Not Allowed")
    assert set(page.headers["allow"].split(", ")) == {"GET", "HEAD"}


@pytest.mark.parametrize("path", ["/api/", "/api/v1", "/api/v1/", "/api/v2/editions", f"{EDITIONS}/"])  # fmt: skip
def test_other_addresses_are_problems_too(programs: Programs, path: str) -> None:
    assert problem_of(programs.get(path))[:2] == ("application/problem+json", 404)


@pytest.mark.proves("S19")
def test_programs_get_no_cookie_and_nothing_is_stored_on_the_way(programs: Programs) -> None:
    for address in (*ADDRESSES, "/api/v1/openapi.json", f"{EDITIONS}/nirgends"):
        page = programs.get(address)

        assert "set-cookie" not in page.headers
        assert page.headers["cache-control"] == "no-store"
        assert page.headers["x-content-type-options"] == "nosniff"
        assert "access-control-allow-origin" not in page.headers


@pytest.mark.proves("S17")
def test_whoever_asks_too_often_waits_and_nobody_else_does(
    programs: Programs, clock: StoppedClock
) -> None:
    statuses = [programs.get(EDITIONS).status for _ in range(MOST_AT_ONCE + 1)]

    assert statuses == [200] * MOST_AT_ONCE + [429]
    assert programs.get(EDITIONS).headers["retry-after"] == "1"
    assert programs.get(EDITIONS, token=programs.foreign).status == 200
    clock.pass_by(timedelta(seconds=1))
    assert programs.get(EDITIONS).status == 200


def test_a_database_that_is_away_is_a_problem_too(programs: Programs) -> None:
    programs.inst.database.close()
    programs.inst.settings.database.rename(programs.inst.settings.database.with_suffix(".away"))
    for suffix in ("-wal", "-shm"):
        (programs.inst.settings.data / f"nachklang.db{suffix}").unlink(missing_ok=True)

    page = programs.get(EDITIONS)

    assert problem_of(page)[1] == 503
    assert page.headers["retry-after"] == "60"


def test_only_the_hash_of_a_token_is_kept(programs: Programs) -> None:
    content = programs.inst.settings.database.read_bytes()
    content += programs.inst.settings.database.with_name("nachklang.db-wal").read_bytes()

    assert b"Statistikamt" in content
    assert programs.token.encode() not in content
    assert programs.token.removeprefix("nk_").encode() not in content


def test_an_organisation_has_a_largest_number_of_tokens(inst: Installation) -> None:
    for number in range(MOST_TOKENS):
        make_token(inst, MAIN_ORGANISATION, purpose=str(number))

    with pytest.raises(Exception, match="Es gibt schon 20 Schlüssel"):
        make_token(inst, MAIN_ORGANISATION, purpose="noch einer")
    assert profile_of(inst, MAIN_ORGANISATION).organisation == "main"


def test_every_object_of_the_summary_is_described(programs: Programs) -> None:
    schemas = summary_schemas("#/")
    found: list[str] = []

    def compare(value: Any, schema: dict[str, Any], place: str) -> None:
        if "$ref" in schema:
            schema = schemas[schema["$ref"].removeprefix("#/")]
        if "anyOf" in schema:
            named = [schemas[o["$ref"].removeprefix("#/")] for o in schema["anyOf"] if "$ref" in o]
            if isinstance(value, dict):
                fitting = next(s for s in named if set(s["properties"]) == set(value))
                compare(value, fitting, place)
            return
        if isinstance(value, dict) and "properties" in schema:
            assert set(value) == set(schema["properties"]), place
            found.append(place)
            for name, one in value.items():
                compare(one, schema["properties"][name], f"{place}.{name}")
        elif isinstance(value, list) and "items" in schema:
            for one in value:
                compare(one, schema["items"], place)

    compare(
        json.loads(programs.get(f"{EDITIONS}/{COUNTED}/summary").html), {"$ref": f"#/{ROOT}"}, "$"
    )

    assert {"$", "$.sections", "$.sections.findings", "$.sessions"} <= set(found)
