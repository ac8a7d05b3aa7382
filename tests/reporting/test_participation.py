"""With an open link or paper: counts hold, N is unknown, and no report calls it a response rate."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from exports.accessible_pdf import PdfEngine
from exports.summary_json import summary_json
from exports.summary_report import session_html, summary_html
from exports.summary_xlsx import summary_xlsx
from survey.asking_openly import (
    choose_ways,
    fresh_secret,
    note_attendance,
    submit_openly,
    submit_typed,
    take_back_openly,
)
from survey.collecting import submit
from survey.counting import count_edition, read_protocol
from survey.installation import Installation
from survey.language.catalogue import catalogue
from survey.language.wording import Language
from survey.model.event import EditionRecord
from survey.model.items import NOT_ATTENDED, Answer
from survey.model.response import Response
from survey.model.summary import ChoicesFinding, EditionSummary
from survey.model.ways_in import OpenLink, WaysIn
from survey.reporting.edition_summary import build_summary
from survey.reporting.summarise import summarise
from survey.storage import boxes, totals
from survey.urn_watch import check_urns
from tests.counting.ballots import a_response, be_silent, close, people_answer
from tests.events import congress
from tests.exports.conftest import _closed, engine  # noqa: F401 -- the printer of reports
from tests.exports.pdf_checks import assert_accessible
from tests.exports.test_summary_report import with_title
from tests.model.congress import CONGRESS
from tests.people import StoppedClock, open_edition, store_edition, stored_record
from tests.reporting.counted import counted, invented_summary, rows
from tests.workplace import OLGA, Workplace, signed_in_client

ZONE = ZoneInfo("Europe/Berlin")
BOTH = WaysIn(OpenLink.ON, takes_paper=True, typist="Frau Fröhlich", return_to="Box")


def open_for_all(inst: Installation) -> EditionRecord:
    store_edition(inst, congress())
    choose_ways(inst, "kk2020", BOTH)
    return open_edition(inst, stored_record(inst, "kk2020"))


def a_guest(number: int) -> Response:
    """Somebody without bookings who was in the second workshop of the first round."""
    return Response(
        {
            "overall": a_response(number).answers["overall"],
            "ws02--rating": a_response(number).answers["ws01--rating"],
        }
    )


def guests_answer(inst: Installation, by_link: int, *, on_paper: int) -> None:
    token = inst.links.open_token("kk2020")
    for number in range(by_link):
        submit_openly(inst, token, fresh_secret(inst), a_guest(number))
    for number in range(on_paper):
        submit_typed(inst, "kk2020", fresh_secret(inst), a_guest(number))


def test_personal_and_open_boxes_are_counted_together(
    inst: Installation, clock: StoppedClock
) -> None:
    record = open_for_all(inst)
    people_answer(inst, record, 12)
    guests_answer(inst, 7, on_paper=4)
    taken = fresh_secret(inst)
    submit_openly(inst, inst.links.open_token("kk2020"), taken, a_guest(1))
    take_back_openly(inst, inst.links.open_token("kk2020"), taken)
    found = boxes.state(inst.database.read(), record.id)
    assert (found.has_answered, found.open_boxes, found.boxes, found.agrees) == (12, 11, 23, True)
    assert check_urns(inst) == ()
    close(clock)

    protocol = count_edition(inst, "kk2020", by_hand=True, progress=be_silent)

    after = stored_record(inst, "kk2020")
    assert (after.invited, after.answered, after.open_boxes) == (15, 23, 11)
    assert (protocol.boxes, protocol.opened, protocol.open_boxes) == (23, 23, 11)
    text = read_protocol(inst, "kk2020").text(catalogue("de"), ZONE)
    assert "Davon über einen offenen Link oder auf Papier: 11 Umschläge" in text
    assert totals.of_edition(inst.database.read(), record.id)["ws02"].answered == 11


def test_the_summary_knows_no_population_once_guests_answered(
    inst: Installation, clock: StoppedClock
) -> None:
    people_answer(inst, open_for_all(inst), 12)
    guests_answer(inst, 7, on_paper=4)
    note_attendance(inst, "kk2020", 20)
    close(clock)
    count_edition(inst, "kk2020", by_hand=True, progress=be_silent)

    summary = summarise(inst, "kk2020")

    assert (summary.answered, summary.open_answers, summary.attended) == (23, 11, 20)
    assert summary.has_too_many
    overall = summary.finding("overall")
    assert isinstance(overall, ChoicesFinding)
    assert (overall.base.n, overall.base.N) == (23, None)
    assert overall.positive is not None
    assert (overall.positive.interval is None, overall.positive.bounds) == (False, None)
    shown = [s for s in summary.sessions if not s.suppressed]
    assert [(s.session.code, s.base.n, s.base.N) for s in shown] == [
        ("ws01", 12, None),
        ("ws02", 11, None),
    ]


def test_ways_that_nobody_used_leave_the_response_rate(
    inst: Installation, clock: StoppedClock
) -> None:
    people_answer(inst, open_for_all(inst), 12)
    note_attendance(inst, "kk2020", 10)
    close(clock)
    count_edition(inst, "kk2020", by_hand=True, progress=be_silent)

    summary = summarise(inst, "kk2020")

    overall = summary.finding("overall")
    assert overall is not None
    assert (overall.base.N, summary.open_answers, summary.has_too_many) == (15, 0, False)


def test_a_box_of_a_guest_missing_is_noticed(inst: Installation) -> None:
    record = open_for_all(inst)
    guests_answer(inst, 3, on_paper=0)
    assert check_urns(inst) == ()

    inst.database.write(
        lambda c: c.execute(
            "DELETE FROM urn WHERE slot = (SELECT MIN(slot) FROM urn WHERE edition = :edition)",
            {"edition": record.id},
        )
    )

    assert len(check_urns(inst)) == 2


def test_a_group_too_small_stays_too_small_when_guests_may_have_joined_it() -> None:
    record = counted(CONGRESS, invited=9, answered=7)
    tally = rows({"overall": {"5": 4, "4": 3, "_n": 7}})
    closed = build_summary(record, tally, {}, {})
    assert closed.finding("overall") is not None

    opened = build_summary(replace(record, open_boxes=2), tally, {}, {}, attended=9)

    overall = opened.finding("overall")
    assert overall is not None
    assert overall.suppressed == "few"


def with_guests(summary: EditionSummary, *, attended: int | None) -> EditionSummary:
    """The same edition with 33 answers that came without a personal link."""
    record = replace(
        counted(with_title(CONGRESS), invited=summary.invited, answered=summary.answered),
        open_boxes=33,
    )
    tally = rows({"overall": {"5": 100, "4": 80, "3": 33, "_n": 213}})
    return build_summary(record, tally, {}, {}, attended=attended)


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("attended", [None, 250, 190])
def test_the_report_says_participation_and_never_a_rate(
    language: Language,
    attended: int | None,
    engine: PdfEngine,  # noqa: F811 -- the fixture
    tmp_path: Path,
) -> None:
    plain = invented_summary()
    assert "(51" in summary_html(plain, "de", zone=ZONE)
    assert "Unter allen Eingeladenen" in summary_html(plain, "de", zone=ZONE)

    page = summary_html(with_guests(plain, attended=attended), language, zone=ZONE)

    said = re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)
    word = {"de": "Beteiligung: 213 Antworten, davon 33", "en": "Participation: 213 responses, 33"}
    assert word[language] in said
    assert "(51" not in said
    assert "nter allen Eingeladenen" not in said
    assert "among all invited" not in said
    assert ("250" in said) is (attended == 250)
    flagged = {"de": "mehr Antworten als Menschen", "en": "more responses than people"}
    assert (flagged[language] in said) is (attended == 190)
    target = tmp_path / "summary.pdf"
    target.write_bytes(engine.print_html(page))
    assert_accessible(target)


def test_the_report_of_one_session_says_so_too() -> None:
    summary = with_guests(invented_summary(), attended=None)

    page = session_html(summary, summary.sessions[0].session.code, "de", zone=ZONE)

    assert "Deshalb steht hier eine Beteiligung und keine Rücklaufquote." in page


def test_files_tell_guests_and_attendance() -> None:
    summary = with_guests(invented_summary(), attended=250)

    assert '"open_answers": 33' in summary_json(summary)
    assert '"attended": 250' in summary_json(summary)
    assert len(summary_xlsx(summary, "de")) > len(b"PK")


def test_who_swapped_and_guests_do_not_contradict_the_totals(
    inst: Installation, clock: StoppedClock
) -> None:
    record = open_for_all(inst)
    invited = people_answer(inst, record, 6, silent=0)
    for number, person in enumerate(invited):
        swapped = dict(a_guest(number).answers) | {"ws01--rating": Answer((NOT_ATTENDED,))}
        submit(inst, person.token, Response(swapped))
    guests_answer(inst, 8, on_paper=0)
    clock.pass_by(timedelta(days=1))
    close(clock)

    count_edition(inst, "kk2020", by_hand=True, progress=be_silent)

    found = totals.of_edition(inst.database.read(), record.id)["ws02"]
    assert (found.booked, found.answered) == (0, 14)
    assert found.elsewhere >= 14
    assert summarise(inst, "kk2020").answered == 14


def test_the_pages_of_results_say_participation_too(
    workplace: Workplace, clock: StoppedClock
) -> None:
    inst = workplace.inst
    people_answer(inst, open_for_all(inst), 12)
    guests_answer(inst, 7, on_paper=4)
    clock.pass_by(timedelta(days=1))
    close(clock)
    count_edition(inst, "kk2020", by_hand=True, progress=be_silent)

    text = signed_in_client(inst, OLGA).get("/arbeit/ausgaben/kk2020/ergebnisse").text()

    assert "Beteiligung: 23 Antworten, davon 11 ohne persönlichen Link." in text
    assert "Deshalb steht hier eine Beteiligung und keine Rücklaufquote." in text
    assert "unter allen Eingeladenen" not in text
    assert "Eingeladenen haben geantwortet" not in text
