"""The guard of the workplace: who comes in, what is refused, and how long a browser stays signed in."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from survey.signing_in import begin
from survey.storage import accounts, sign_ins
from tests.events import congress
from tests.people import store_edition
from tests.workplace import FRIEDA, OLGA, Workplace, signed_in_client

if TYPE_CHECKING:
    from survey.installation import Installation
    from tests.people import StoppedClock


def test_a_stranger_is_asked_to_sign_in(workplace: Workplace) -> None:
    page = workplace.stranger.get("/arbeit")

    assert (page.status, page.location) == (303, "/arbeit/anmelden?weiter=%2Farbeit")


def test_somebody_signed_in_sees_the_editions_of_their_organisation_only(
    workplace: Workplace, inst: Installation
) -> None:
    store_edition(inst, congress())

    assert "Kommunalkongress" in workplace.olga.get("/arbeit").text()
    assert "Kommunalkongress" not in workplace.frieda.get("/arbeit").text()


@pytest.mark.proves("S38")
def test_a_browser_left_alone_for_two_hours_is_signed_out(
    workplace: Workplace, clock: StoppedClock
) -> None:
    clock.pass_by(timedelta(hours=2))
    assert workplace.olga.get("/arbeit").status == 200

    clock.pass_by(timedelta(hours=2))
    assert workplace.olga.get("/arbeit").status == 200

    clock.pass_by(timedelta(hours=2, seconds=1))
    assert workplace.olga.get("/arbeit").status == 303


@pytest.mark.proves("S38")
def test_after_twelve_hours_everybody_signs_in_again(
    workplace: Workplace, clock: StoppedClock
) -> None:
    for _ in range(12):
        clock.pass_by(timedelta(hours=1))
        assert workplace.olga.get("/arbeit").status == 200

    clock.pass_by(timedelta(seconds=1))
    assert workplace.olga.get("/arbeit").status == 303


@pytest.mark.proves("S37")
def test_a_sign_in_ends_on_the_server(workplace: Workplace, inst: Installation) -> None:
    assert workplace.olga.get("/arbeit").status == 200

    inst.database.write(lambda connection: sign_ins.end_all(connection, OLGA.id))

    assert workplace.olga.get("/arbeit").status == 303


def test_without_a_role_nobody_stays_in(workplace: Workplace, inst: Installation) -> None:
    assert workplace.frieda.get("/arbeit").status == 200

    inst.database.write(
        lambda connection: accounts.remove_role(connection, FRIEDA.id, organisation="fern")
    )

    assert workplace.frieda.get("/arbeit").status == 303


def test_nobody_signs_in_to_an_organisation_they_have_no_role_in(
    workplace: Workplace, inst: Installation
) -> None:
    assert signed_in_client(inst, OLGA, organisation="main").get("/arbeit").status == 200
    assert workplace.olga.get("/arbeit").status == 200
    assert signed_in_client(inst, OLGA, organisation="fern").get("/arbeit").status == 303


@pytest.mark.proves("S37")
def test_a_cookie_of_another_making_is_worth_nothing(workplace: Workplace) -> None:
    cookie = begin(workplace.inst, OLGA.id, "main")
    for forged in ("", "x", cookie[:-1], cookie.replace(".", "..", 1), "€"):
        workplace.stranger.set_cookie("__Host-nachklang", forged.encode("ascii", "ignore").decode())
        assert workplace.stranger.get("/arbeit").status == 303


@pytest.mark.proves("S19")
def test_the_cookie_belongs_to_this_host_and_no_script(workplace: Workplace) -> None:
    header = workplace.olga.get("/arbeit").headers["set-cookie"]

    assert header.startswith("__Host-nachklang=")
    assert {part.strip() for part in header.split(";")[1:]} == {
        "HttpOnly",
        "Path=/",
        "SameSite=lax",
        "Secure",
    }


def test_an_address_nobody_has_is_a_page_of_the_workplace(workplace: Workplace) -> None:
    page = workplace.olga.get("/arbeit/nirgends")

    assert (page.status, page.heading) == (404, "Diese Seite gibt es nicht")


def test_an_error_keeps_the_navigation_of_somebody_signed_in(workplace: Workplace) -> None:
    page = workplace.olga.get("/arbeit/ausgaben/nirgends")

    assert page.status == 404
    assert "/arbeit/ausgaben" in [a.get("href") for a in page.markup.all("a")]


@pytest.mark.parametrize("charset", ["undefined", "unicode_escape", "utf-7"])
@pytest.mark.parametrize("who", ["olga", "stranger"])
def test_a_file_form_in_an_encoding_of_no_browser_is_refused(
    workplace: Workplace, who: str, charset: str
) -> None:
    body = b'--x\r\nContent-Disposition: form-data; name="alternative"\r\n\r\n\\ud800+2AA-\r\n--x--\r\n'
    kind = {"Content-Type": f"multipart/form-data; boundary=x; charset={charset}"}

    page = getattr(workplace, who).request("POST", "/arbeit/einstellungen/logo", body, kind)

    assert page.status == 400


@pytest.mark.parametrize(
    "address",
    [
        "kk2020/teilnehmende?seite={}",
        "kk2020/fragebogen/vorschau/formular?in=easy&frage={}",
        "neu/aus/kk2020?jahr={}",
    ],
)
def test_a_number_of_thousands_of_digits_in_an_address_is_no_number(
    workplace: Workplace, address: str
) -> None:
    store_edition(workplace.inst, congress())

    assert workplace.olga.get("/arbeit/ausgaben/" + address.format("9" * 5000)).status == 200
