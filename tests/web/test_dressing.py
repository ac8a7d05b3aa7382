"""Participants' pages in an organisation's colour and with its picture."""

from __future__ import annotations

import base64
import gzip
import hashlib
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from survey.application import make_application
from survey.housekeeping import change_profile, profile_of, remove_logo, set_logo
from survey.model.workplace import MAIN_ORGANISATION
from tests.accessibility.client import AccessibleClient

if TYPE_CHECKING:
    from survey.installation import Installation
    from tests.accessibility.client import Page
    from tests.people import Invited

RED = "#7a0019"


def choose_colour(inst: Installation, colour: str) -> None:
    revision = profile_of(inst, MAIN_ORGANISATION).revision
    change_profile(inst, MAIN_ORGANISATION, lambda p: replace(p, accent=colour), revision=revision)


def choose_logo(inst: Installation, content: bytes = b"picture") -> str:
    return set_logo(
        inst, MAIN_ORGANISATION, content, kind="png", size=(200, 100), alternative="Wappen"
    ).address


def sheet_of(page: Page) -> str:
    found = re.search(r"<style>(.*?)</style>", page.html, re.DOTALL)
    assert found is not None
    return found[1]


def allowed_hash(page: Page) -> str:
    found = re.search(r"'(sha256-[^']+)'", page.headers["content-security-policy"])
    assert found is not None
    return found[1]


def test_the_form_takes_the_colour_and_its_policy_allows_its_very_sheet(
    client: AccessibleClient, inst: Installation, anna: Invited
) -> None:
    assert RED not in client.get(f"/f/{anna.token}").html
    choose_colour(inst, RED)

    page = client.get(f"/f/{anna.token}")

    digest = base64.b64encode(hashlib.sha256(sheet_of(page).encode()).digest()).decode()
    assert f"--accent:{RED};" in sheet_of(page)
    assert allowed_hash(page) == f"sha256-{digest}"


@pytest.mark.parametrize("path", ["/", "/hilfe", "/f/kk2020x.y.z"])
def test_pages_of_no_edition_keep_the_services_own_colour(
    client: AccessibleClient, inst: Installation, anna: Invited, path: str
) -> None:
    choose_colour(inst, RED)
    assert RED in client.get(f"/f/{anna.token}").html

    page = client.get(path)

    assert RED not in page.html


def test_every_page_about_the_edition_takes_the_colour(
    client: AccessibleClient, inst: Installation, anna: Invited
) -> None:
    choose_colour(inst, RED)
    form = f"/f/{anna.token}"

    pages = (
        client.get("/hilfe/kk2020"),
        client.get("/datenschutz/kk2020"),
        client.post(form, {"overall": "good"}),
        client.post(form, {}),
    )

    assert [RED in sheet_of(page) for page in pages] == [True] * 4


def test_an_error_is_drawn_in_the_services_own_colour_with_a_policy_that_fits(
    client: AccessibleClient, inst: Installation, anna: Invited
) -> None:
    choose_colour(inst, RED)

    page = client.get(f"/f/{anna.token}x")

    digest = base64.b64encode(hashlib.sha256(sheet_of(page).encode()).digest()).decode()
    assert (page.status, allowed_hash(page)) == (404, f"sha256-{digest}")


def test_an_organisation_colours_its_own_editions_only(
    client: AccessibleClient, inst: Installation, anna: Invited
) -> None:
    choose_colour(inst, RED)
    assert RED in client.get(f"/f/{anna.token}").html

    inst.database.write(
        lambda c: c.execute("INSERT INTO organisation (id, name) VALUES ('fern', 'Fern')")
    )
    inst.database.write(lambda c: c.execute("UPDATE edition SET owner = 'fern'"))

    assert RED not in client.get(f"/f/{anna.token}").html


def test_the_picture_stands_at_the_head_and_is_kept_for_ever(
    client: AccessibleClient, inst: Installation, anna: Invited
) -> None:
    address = choose_logo(inst)

    page = client.get(f"/f/{anna.token}")
    picture = client.get(address)

    [shown] = page.markup.all("img")
    assert (shown.get("src"), shown.get("alt")) == (address, "Wappen")
    assert (picture.status, picture.headers["content-type"], picture.html) == (
        200,
        "image/png",
        "picture",
    )
    assert picture.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert "set-cookie" not in picture.headers


def test_a_picture_that_was_taken_away_is_gone_from_page_and_address(
    client: AccessibleClient, inst: Installation, anna: Invited
) -> None:
    address = choose_logo(inst)
    assert client.get(address).status == 200

    remove_logo(inst, MAIN_ORGANISATION)

    assert client.get(address).status == 404
    assert client.get(f"/f/{anna.token}").markup.all("img") == []


@pytest.mark.parametrize("name", ["x.png", f"{'0' * 64}.png", f"{'0' * 64}.svg", "..%2f.png"])
def test_no_other_picture_is_served(client: AccessibleClient, name: str) -> None:
    assert client.get(f"/logo/{name}").status == 404


@pytest.mark.parametrize("language", ["de", "easy", "en"])
def test_a_dressed_form_fits_into_one_round_trip(
    client: AccessibleClient, inst: Installation, anna: Invited, language: str
) -> None:
    choose_colour(inst, RED)
    choose_logo(inst)

    page = client.get(f"/f/{anna.token}?sprache={language}")

    assert RED in page.html
    assert len(gzip.compress(page.html.encode(), 9)) <= 14_000


def test_dressed_pages_that_echo_answers_have_one_length(
    client: AccessibleClient, inst: Installation, anna: Invited
) -> None:
    form = f"/f/{anna.token}"
    assert client.post(form, {"overall": "good"}).status == 200
    choose_colour(inst, RED)

    pages = [client.post(form, {"overall": "good"}), client.post(form, {"change": "x" * 301})]

    assert len({page.size for page in pages}) == 1


def test_what_was_typed_survives_when_the_look_cannot_be_read(
    inst: Installation, anna: Invited
) -> None:
    choose_colour(inst, RED)
    client = AccessibleClient(make_application(inst))
    inst.database.close()
    inst.settings.database.unlink()

    page = client.post(f"/f/{anna.token}", {"change": "Mehr Pausen", "_action": "submit"})

    assert page.status == 503
    assert "Mehr Pausen" in page.html
