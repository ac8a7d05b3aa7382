"""Tokens for programs: made, shown once, revoked, by organisers of their own organisation."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from survey.interface_tokens import MOST_TOKENS, make_token, tokens_of
from survey.model.workplace import MAIN_ORGANISATION
from survey.storage.deeds import all_deeds

if TYPE_CHECKING:
    from tests.people import StoppedClock
    from tests.workplace import Workplace

ACCESS = "/arbeit/einstellungen/zugang"


def make(workplace: Workplace, purpose: str = "Statistikamt") -> str:
    page = workplace.olga.press(
        workplace.olga.get(ACCESS), ACCESS, "Schlüssel machen", {"purpose": purpose}
    )
    found = re.search(r"nk_[\w-]{43}", page.text())
    assert found is not None
    return found[0]


def test_a_token_is_shown_once_and_works(workplace: Workplace) -> None:
    token = make(workplace)

    headers = {"Authorization": f"Bearer {token}"}
    assert workplace.stranger.get("/api/v1/editions", headers=headers).status == 200
    assert "Statistikamt" in workplace.olga.get(ACCESS).text()
    assert token not in workplace.olga.get(ACCESS).html


def test_revoking_says_first_what_will_happen(workplace: Workplace) -> None:
    token = make(workplace)
    [known] = tokens_of(workplace.inst, MAIN_ORGANISATION)
    path = f"{ACCESS}/{known.id}/widerrufen"

    asked = workplace.olga.get(path)
    assert "kann sofort nichts mehr lesen" in asked.text()
    done = workplace.olga.press(asked, path, "Schlüssel widerrufen")

    headers = {"Authorization": f"Bearer {token}"}
    assert (done.status, done.location) == (303, ACCESS)
    assert workplace.stranger.get("/api/v1/editions", headers=headers).status == 401
    assert workplace.olga.get(path).status == 404


@pytest.mark.proves("S39")
def test_tokens_of_others_are_not_there(workplace: Workplace) -> None:
    make(workplace)
    [known] = tokens_of(workplace.inst, MAIN_ORGANISATION)
    path = f"{ACCESS}/{known.id}/widerrufen"
    form = {k: v[0] for k, v in workplace.frieda.get(ACCESS).fields().items()}
    assert workplace.olga.get(path).status == 200

    assert workplace.frieda.get(path).status == 404
    assert workplace.frieda.post(path, form).status == 404
    assert "Statistikamt" not in workplace.frieda.get(ACCESS).text()
    assert len(tokens_of(workplace.inst, MAIN_ORGANISATION)) == 1


def test_only_organisers_have_tokens(workplace: Workplace) -> None:
    assert workplace.olga.get(ACCESS).status == 200

    assert workplace.paul.get(ACCESS).status == 404
    assert workplace.stranger.get(ACCESS).status == 303


def test_a_token_needs_a_purpose(workplace: Workplace) -> None:
    refused = workplace.olga.press(
        workplace.olga.get(ACCESS), ACCESS, "Schlüssel machen", {"purpose": "x" * 151}
    )

    assert refused.status == 422
    assert refused.fields()["purpose"] == ("x" * 151,)
    assert tokens_of(workplace.inst, MAIN_ORGANISATION) == ()


def test_too_many_tokens_are_refused_with_everything_typed(workplace: Workplace) -> None:
    for number in range(MOST_TOKENS):
        make_token(workplace.inst, MAIN_ORGANISATION, purpose=str(number))

    refused = workplace.olga.press(
        workplace.olga.get(ACCESS), ACCESS, "Schlüssel machen", {"purpose": "noch einer"}
    )

    assert refused.status == 422
    assert "Es gibt schon 20 Schlüssel." in refused.text()
    assert refused.fields()["purpose"] == ("noch einer",)


def test_a_token_needs_a_fresh_proof_of_who_asks(workplace: Workplace, clock: StoppedClock) -> None:
    page = workplace.olga.get(ACCESS)
    clock.pass_by(timedelta(minutes=16))

    refused = workplace.olga.press(page, ACCESS, "Schlüssel machen", {"purpose": "Amt"})

    assert "nk_" not in refused.text()
    assert tokens_of(workplace.inst, MAIN_ORGANISATION) == ()


def test_tokens_are_logged_by_their_purpose_alone(workplace: Workplace) -> None:
    token = make(workplace)

    [deed] = all_deeds(workplace.inst.database.read())
    assert (deed.deed, deed.facts, deed.actor) == (
        "interface token made",
        '{"purpose": "Statistikamt"}',
        "olga",
    )
    assert token not in deed.facts
