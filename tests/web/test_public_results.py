"""The public page of results: not before its moment, no unreleased text, no name of who did not agree."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from survey.publishing import decisions_of, page_of, plan_page
from survey.reporting.publish import publish
from survey.reporting.quotes import release_quote, texts_to_read
from tests.people import stored_record
from tests.web.workplace.counted import CANARY, HERE, SPEAKER, counted

if TYPE_CHECKING:
    from survey.installation import Installation
    from survey.storage.public_pages import PublicPage
    from tests.people import StoppedClock
    from tests.workplace import Workplace

__all__ = ["counted"]
PUBLIC = "/ergebnis/kk2020"
PLAN = f"{HERE}/veroeffentlichen"
pytestmark = pytest.mark.usefixtures("counted")


def show(
    inst: Installation, *, named: tuple[str, ...] = (), has_sessions: bool = True, days: int = 0
) -> PublicPage:
    return plan_page(
        inst,
        stored_record(inst, "kk2020"),
        visible_from=inst.clock() + timedelta(days=days),
        has_sessions=has_sessions,
        named_sessions=named,
    )


def test_there_is_no_page_before_somebody_publishes_it(workplace: Workplace) -> None:
    assert workplace.stranger.get(PUBLIC).status == 404
    assert workplace.stranger.get("/ergebnis/nothing").status == 404


def test_the_page_appears_at_its_moment(
    workplace: Workplace, inst: Installation, clock: StoppedClock
) -> None:
    show(inst, days=1)

    clock.pass_by(timedelta(days=1) - timedelta(seconds=1))
    assert workplace.stranger.get(PUBLIC).status == 404

    clock.pass_by(timedelta(seconds=1))
    page = workplace.stranger.get(PUBLIC)
    assert (page.status, page.heading) == (200, "Die Ergebnisse")
    assert "24 von 27" in page.text()
    assert "set-cookie" not in page.headers


@pytest.mark.parametrize("language", ["de", "easy", "en"])
def test_the_page_speaks_every_language(
    workplace: Workplace, inst: Installation, language: str
) -> None:
    show(inst)

    page = workplace.stranger.get(f"{PUBLIC}?sprache={language}")

    assert page.status == 200
    assert page.markup.root.get("lang") == ("en" if language == "en" else "de")


def test_an_organiser_plans_looks_and_takes_back(workplace: Workplace, inst: Installation) -> None:
    page = workplace.olga.get(PLAN)
    moment = {
        "visible_from-day": "1",
        "visible_from-month": "2",
        "visible_from-year": "2020",
        "visible_from-time": "10:00",
    }
    planned = workplace.olga.press(page, PLAN, "Veröffentlichen", moment)
    seen = workplace.stranger.get(PUBLIC).status
    away = f"{PLAN}/zuruecknehmen"
    workplace.olga.press(workplace.olga.get(away), away, "Veröffentlichung zurücknehmen")

    assert (planned.status, planned.location, seen) == (303, PLAN, 200)
    assert workplace.olga.get(f"{PLAN}/vorschau").heading == "Die Ergebnisse"
    assert workplace.stranger.get(PUBLIC).status == 404
    assert page_of(inst, stored_record(inst, "kk2020")) is None


def test_a_day_that_does_not_exist_is_refused_and_kept(
    workplace: Workplace, inst: Installation
) -> None:
    page = workplace.olga.get(PLAN)

    again = workplace.olga.press(
        page, PLAN, "Veröffentlichen", {"visible_from-day": "31", "visible_from-month": "2"}
    )

    assert again.status == 422
    assert again.fields()["visible_from-day"] == ("31",)
    assert page_of(inst, stored_record(inst, "kk2020")) is None


@pytest.mark.parametrize("place", ["", "/vorschau", "/daraus", "/zuruecknehmen"])
def test_planners_and_others_publish_nothing(workplace: Workplace, place: str) -> None:
    assert workplace.olga.get(PLAN + place).status == 200
    assert workplace.paul.get(PLAN + place).status == 404
    assert workplace.frieda.get(PLAN + place).status == 404


def test_speakers_are_named_only_where_they_agreed(
    workplace: Workplace, inst: Installation
) -> None:
    show(inst)
    unnamed = workplace.stranger.get(PUBLIC).text()

    show(inst, named=("ws01",))

    assert "Digitale Stadt" in unnamed
    assert SPEAKER not in unnamed
    assert SPEAKER in workplace.stranger.get(PUBLIC).text()
    assert SPEAKER in workplace.olga.get(HERE).text()


def test_sessions_are_left_out_unless_chosen(workplace: Workplace, inst: Installation) -> None:
    show(inst, has_sessions=False)
    without = workplace.stranger.get(PUBLIC).text()

    show(inst)

    assert "Digitale Stadt" not in without
    assert "Digitale Stadt" in workplace.stranger.get(PUBLIC).text()


@pytest.mark.proves("U40")
def test_no_text_is_there_before_a_version_with_it_is_published(
    workplace: Workplace, inst: Installation
) -> None:
    show(inst)
    publish(inst, "kk2020")
    text = next(t for t in texts_to_read(inst, "kk2020") if CANARY in t.text)
    release_quote(inst, "kk2020", text.id)
    before = workplace.stranger.get(PUBLIC).html

    publish(inst, "kk2020")

    after = workplace.stranger.get(PUBLIC).html
    assert (CANARY in before, after.count(CANARY)) == (False, 1)


def test_what_comes_of_it_stands_below_what_was_said(
    workplace: Workplace, inst: Installation
) -> None:
    address = f"{PLAN}/daraus"
    page = workplace.olga.get(address)
    code = next(name[3:] for name in page.fields() if name.startswith("de-"))
    show(inst)
    before = workplace.stranger.get(PUBLIC).text()

    done = workplace.olga.press(
        page,
        address,
        "Speichern",
        {
            f"de-{code}": "Wir bleiben dabei.",
            f"easy-{code}": "Das bleibt so.",
            f"en-{code}": "It stays.",
        },
    )

    assert (done.status, "Das machen wir daraus" in before) == (303, False)
    shown = [
        workplace.stranger.get(f"{PUBLIC}?sprache={one}").text() for one in ("de", "easy", "en")
    ]
    assert "Das machen wir daraus: Wir bleiben dabei." in shown[0]
    assert "Das bleibt so." in shown[1]
    assert "It stays." in shown[2]


def test_a_decision_needs_its_german_and_nothing_typed_is_lost(
    workplace: Workplace, inst: Installation
) -> None:
    address = f"{PLAN}/daraus"
    page = workplace.olga.get(address)
    code = next(name[3:] for name in page.fields() if name.startswith("de-"))

    again = workplace.olga.press(page, address, "Speichern", {f"en-{code}": "It stays."})

    assert again.status == 422
    assert again.fields()[f"en-{code}"] == ("It stays.",)
    assert dict(decisions_of(inst, stored_record(inst, "kk2020"))) == {}
