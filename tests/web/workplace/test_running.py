"""One edition while it runs: overview, deadline, closing, opening again, counting."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from survey.collecting import submit
from survey.counting import count_edition
from survey.installation import Installation
from survey.language.wording import Wording
from survey.model.event import GRACE, EditionState
from survey.model.items import RatingScale
from survey.model.questionnaire import Questionnaire, Section
from survey.model.ways_in import OpenLink, WaysIn
from survey.ordering import do_ordered_counts
from survey.storage import count_orders, ways_in
from survey.storage.deeds import all_deeds
from survey.working import work_once
from tests.accessibility.client import AccessibleClient
from tests.counting.ballots import a_response, be_silent, close, people_answer
from tests.events import DEADLINE, QUALITY, congress, network_call
from tests.people import StoppedClock, open_edition, store_edition, stored_record
from tests.workplace import OLGA, Workplace, signed_in_client

HERE = "/arbeit/ausgaben/kk2020"


def an_open_edition(workplace: Workplace, answers: int = 0) -> None:
    record = open_edition(workplace.inst, store_edition(workplace.inst, congress()))
    people_answer(workplace.inst, record, answers)


def back_again(workplace: Workplace) -> AccessibleClient:
    """Olga, signed in anew: the clock has moved."""
    return signed_in_client(workplace.inst, OLGA)


def typed(day: int, month: int, year: int, at: str = "18:00") -> dict[str, str]:
    return {
        "deadline-day": str(day),
        "deadline-month": str(month),
        "deadline-year": str(year),
        "deadline-time": at,
    }


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        (0, "weniger als 5"),
        (4, "weniger als 5"),
        (5, "mindestens 5"),
        (9, "mindestens 5"),
        (10, "mindestens 10"),
    ],
)
def test_while_open_one_rounded_number_is_told(
    workplace: Workplace, answers: int, told: str
) -> None:
    an_open_edition(workplace, answers)

    page = workplace.olga.get(HERE)

    assert told in page.text()
    assert "kein Ergebnis und keinen Verlauf" in page.text()


def test_two_more_answers_do_not_show(workplace: Workplace) -> None:
    record = open_edition(workplace.inst, store_edition(workplace.inst, congress()))
    invited = people_answer(workplace.inst, record, 7, silent=5)
    seven = workplace.olga.get(HERE).text()

    for number in (7, 8):
        submit(workplace.inst, invited[number].token, a_response(number))
    nine = workplace.olga.get(HERE).text()
    submit(workplace.inst, invited[9].token, a_response(9))
    ten = workplace.olga.get(HERE).text()

    assert seven == nine
    assert nine != ten


@pytest.mark.parametrize(
    ("state", "word", "first"),
    [
        ("planned", "In Vorbereitung", "Teilnehmende laden"),
        ("open", "Offen", "Versand und Erinnerungen"),
        ("grace", "Geschlossen", ""),
        ("closed", "Geschlossen", "Auszählen"),
        ("counted", "Ausgezählt", "Ergebnisse ansehen"),
    ],
)
def test_each_state_says_its_word_and_its_next_step(
    workplace: Workplace, clock: StoppedClock, state: str, word: str, first: str
) -> None:
    if state == "planned":
        store_edition(workplace.inst, congress())
    else:
        an_open_edition(workplace, 6)
    if state == "grace":
        clock.set(DEADLINE + timedelta(minutes=1))
    if state in {"closed", "counted"}:
        close(clock)
    if state == "counted":
        count_edition(workplace.inst, "kk2020", by_hand=True, progress=be_silent)

    page = back_again(workplace).get(HERE)

    chips = [e.text for e in page.markup.all("span") if "chip" in e.get("class", "")]
    firsts = [e.text for e in page.markup.all("a") if e.get("class") == "button first"]
    assert (page.status, chips, firsts) == (200, [word], [first] if first else [])


def test_a_planner_reads_the_overview_and_finds_nothing_to_do(workplace: Workplace) -> None:
    an_open_edition(workplace, 6)

    page = workplace.paul.get(HERE)

    assert (page.status, "mindestens 5" in page.text()) == (200, True)
    links = [e.get("href") for e in page.markup.all("a")]
    assert not [link for link in links if link.startswith((f"{HERE}/frist", f"{HERE}/schliessen"))]
    assert workplace.olga.get(f"{HERE}/frist").status == 200
    assert workplace.paul.get(f"{HERE}/frist").status == 404


@pytest.mark.parametrize("place", ["", "/frist", "/schliessen", "/oeffnen", "/auszaehlen"])
def test_another_organisation_finds_none_of_it(workplace: Workplace, place: str) -> None:
    an_open_edition(workplace)

    assert workplace.frieda.get(HERE + place).status == 404


def test_a_deadline_is_extended(workplace: Workplace) -> None:
    an_open_edition(workplace)
    page = workplace.olga.get(f"{HERE}/frist")

    done = workplace.olga.press(page, f"{HERE}/frist", "Frist verlängern", typed(5, 10, 2020))

    record = stored_record(workplace.inst, "kk2020")
    assert (done.status, done.location) == (303, HERE)
    assert record.closes is not None
    assert record.closes.isoformat() == "2020-10-05T16:00:00+00:00"
    assert record.edition.deadline == record.closes
    assert "Die Frist ist verlängert" in workplace.olga.get(HERE).text()


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        (typed(31, 9, 2020), "Diesen Tag oder diese Uhrzeit gibt es nicht."),
        (typed(5, 10, 2020, "25:00"), "Diesen Tag oder diese Uhrzeit gibt es nicht."),
        (typed(20, 9, 2020), "Die Frist lässt sich nur verlängern."),
        (
            {f"deadline-{part}": "" for part in ("day", "month", "year", "time")},
            "Geben Sie Tag und Uhrzeit der neuen Frist ein.",
        ),
    ],
)
def test_a_wrong_deadline_is_refused_and_kept_in_the_page(
    workplace: Workplace, fields: dict[str, str], complaint: str
) -> None:
    an_open_edition(workplace)
    page = workplace.olga.get(f"{HERE}/frist")

    refused = workplace.olga.press(page, f"{HERE}/frist", "Frist verlängern", fields)

    assert (refused.status, complaint in refused.text()) == (422, True)
    kept = {name: value for name, (value,) in refused.fields().items() if name in fields}
    assert kept == fields
    assert stored_record(workplace.inst, "kk2020").closes == DEADLINE


def test_two_people_do_not_extend_over_each_other(workplace: Workplace) -> None:
    an_open_edition(workplace)
    first, second = (workplace.olga.get(f"{HERE}/frist") for _ in range(2))
    workplace.olga.press(first, f"{HERE}/frist", "Frist verlängern", typed(5, 10, 2020))

    late = workplace.olga.press(second, f"{HERE}/frist", "Frist verlängern", typed(9, 10, 2020))

    assert (late.status, "Jemand anderes" in late.text()) == (422, True)
    assert late.fields()["deadline-day"] == ("9",)


def test_an_edition_is_closed_early_and_opened_again(
    workplace: Workplace, clock: StoppedClock
) -> None:
    an_open_edition(workplace, 6)
    page = workplace.olga.get(f"{HERE}/schliessen")

    closed = workplace.olga.press(page, f"{HERE}/schliessen", "Jetzt schließen")

    assert closed.location == HERE
    assert stored_record(workplace.inst, "kk2020").state(clock()) is EditionState.CLOSED

    page = workplace.olga.get(f"{HERE}/oeffnen")
    opened = workplace.olga.press(page, f"{HERE}/oeffnen", "Wieder öffnen", typed(5, 10, 2020))

    assert opened.location == HERE
    assert stored_record(workplace.inst, "kk2020").state(clock()) is EditionState.OPEN


@pytest.mark.parametrize(
    ("state", "place"),
    [
        ("planned", "/schliessen"),
        ("planned", "/oeffnen"),
        ("open", "/oeffnen"),
        ("open", "/auszaehlen"),
    ],
)
def test_what_does_not_fit_the_state_is_refused_in_a_sentence(
    workplace: Workplace, state: str, place: str
) -> None:
    record = store_edition(workplace.inst, congress())
    if state == "open":
        open_edition(workplace.inst, record)

    assert workplace.olga.get(HERE + place).status == 409


def test_an_ordered_count_is_done_by_the_worker(workplace: Workplace, clock: StoppedClock) -> None:
    an_open_edition(workplace, 6)
    close(clock)
    olga = back_again(workplace)
    page = olga.get(f"{HERE}/auszaehlen")
    assert "Schlüssel" in page.text()

    ordered = olga.press(page, f"{HERE}/auszaehlen", "Jetzt auszählen")

    waiting = olga.get(ordered.location)
    assert "beginnt gleich" in waiting.text()
    assert stored_record(workplace.inst, "kk2020").counted is None

    work_once(workplace.inst, tell=lambda trouble: pytest.fail(str(trouble)))

    record = stored_record(workplace.inst, "kk2020")
    assert (record.answered, record.key_destroyed) == (6, clock())
    assert count_orders.of_edition(workplace.inst.database.read(), record.id) is None
    assert "Schlüssel vernichtet" in olga.get(ordered.location).text()
    deeds = {d.deed: d.actor for d in all_deeds(workplace.inst.database.read())}
    assert (deeds["count ordered"], deeds["urn counted"]) == ("olga", "")


def test_reopening_withdraws_the_order(workplace: Workplace, clock: StoppedClock) -> None:
    an_open_edition(workplace, 6)
    close(clock)
    olga = back_again(workplace)
    page = olga.get(f"{HERE}/auszaehlen")
    olga.press(page, f"{HERE}/auszaehlen", "Jetzt auszählen")
    page = olga.get(f"{HERE}/oeffnen")
    olga.press(page, f"{HERE}/oeffnen", "Wieder öffnen", typed(5, 10, 2020))

    assert do_ordered_counts(workplace.inst) == ()

    assert stored_record(workplace.inst, "kk2020").state(clock()) is EditionState.OPEN


def spoil_a_box(inst: Installation) -> None:
    def work(connection: object) -> None:
        connection.execute(  # type: ignore[attr-defined]
            "UPDATE urn SET box = zeroblob(4096) WHERE slot = (SELECT MIN(slot) FROM urn)"
        )

    inst.database.write(work)


def test_boxes_that_do_not_open_stop_the_count_until_somebody_decides(
    workplace: Workplace, clock: StoppedClock
) -> None:
    an_open_edition(workplace, 7)
    spoil_a_box(workplace.inst)
    close(clock)
    olga = back_again(workplace)
    page = olga.get(f"{HERE}/auszaehlen")
    olga.press(page, f"{HERE}/auszaehlen", "Jetzt auszählen")
    do_ordered_counts(workplace.inst)

    stopped = olga.get(f"{HERE}/auszaehlen")
    assert "1 von 7 Umschlägen lassen sich nicht öffnen" in stopped.text()
    assert "stehen geblieben" in olga.get(HERE).text()
    olga.press(stopped, f"{HERE}/auszaehlen", "Ohne 1 Umschlag auszählen")
    do_ordered_counts(workplace.inst)

    assert stored_record(workplace.inst, "kk2020").answered == 6


def test_missing_boxes_stop_the_count_and_say_what_to_do(
    workplace: Workplace, clock: StoppedClock
) -> None:
    an_open_edition(workplace, 7)
    inst = workplace.inst
    inst.database.write(
        lambda c: c.execute("DELETE FROM urn WHERE slot = (SELECT MIN(slot) FROM urn)")
    )
    close(clock)
    olga = back_again(workplace)
    page = olga.get(f"{HERE}/auszaehlen")
    olga.press(page, f"{HERE}/auszaehlen", "Jetzt auszählen")

    found = do_ordered_counts(inst)

    assert len(found) == 1
    stopped = olga.get(f"{HERE}/auszaehlen")
    assert "Bezeugt sind 7 Umschläge, in der Urne liegen 6." in stopped.text()
    assert "nachklang doctor" in stopped.text()
    assert do_ordered_counts(inst) == ()


def test_without_list_and_with_an_open_link_an_edition_opens_without_a_mail(
    workplace: Workplace, clock: StoppedClock
) -> None:
    record = store_edition(workplace.inst, network_call("kk2020"))
    workplace.inst.database.write(lambda c: ways_in.keep(c, record.id, WaysIn(link=OpenLink.ON)))
    page = workplace.olga.get(f"{HERE}/oeffnen")

    workplace.olga.press(page, f"{HERE}/oeffnen", "Jetzt öffnen")

    opened = stored_record(workplace.inst, "kk2020")
    assert (opened.state(clock()), opened.size_class) == (EditionState.OPEN, "small")


def test_a_questionnaire_that_is_not_fit_to_be_sent_does_not_open_without_a_mail(
    workplace: Workplace,
) -> None:
    sections = congress().questionnaire.sections
    unsound = Section(
        "more",
        Wording("Mehr"),
        (RatingScale(code="empty", wording=Wording(""), choices=QUALITY),),
    )
    edition = replace(congress(), questionnaire=Questionnaire((*sections, unsound)))
    record = store_edition(workplace.inst, edition)
    workplace.inst.database.write(lambda c: ways_in.keep(c, record.id, WaysIn(link=OpenLink.ON)))
    page = workplace.olga.get(f"{HERE}/oeffnen")

    refused = workplace.olga.press(page, f"{HERE}/oeffnen", "Jetzt öffnen")

    assert (refused.status, "zuerst behoben" in refused.text()) == (409, True)
    assert stored_record(workplace.inst, "kk2020").opens is None


def test_the_count_waits_for_the_unannounced_hour(
    workplace: Workplace, clock: StoppedClock
) -> None:
    an_open_edition(workplace, 6)
    clock.set(DEADLINE + GRACE - timedelta(seconds=1))
    olga = back_again(workplace)
    assert olga.get(f"{HERE}/auszaehlen").status == 409

    clock.set(DEADLINE + GRACE)

    assert olga.get(f"{HERE}/auszaehlen").status == 200
