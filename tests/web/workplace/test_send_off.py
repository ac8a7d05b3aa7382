"""The page of the check before the first mail: what blocks, what has to be read, and where it is mended."""

from __future__ import annotations

from dataclasses import replace

import pytest

from survey.checking import send_off_check
from survey.installation import Installation
from survey.keeping.backup import make_backup
from survey.language.wording import Wording
from survey.model.event import EditionRecord
from survey.model.questionnaire import Section
from survey.preparing import change_edition
from survey.web.organiser.questionnaire.places import mending_address
from tests.events import congress
from tests.people import add_person, open_edition, store_edition, stored_record
from tests.workplace import Workplace

HERE = "/arbeit/ausgaben/kk2020/pruefung"
READ = "Hinweise gelesen"


@pytest.fixture
def edition(inst: Installation) -> EditionRecord:
    """The congress, planned, with one person."""
    record = store_edition(inst, congress())
    add_person(inst, record, "Anna Albrecht", sessions=("ws01",))
    return record


def test_an_error_blocks_and_leads_to_where_it_is_mended(
    workplace: Workplace, inst: Installation
) -> None:
    store_edition(inst, congress())

    page = workplace.olga.get(HERE)

    assert "Ein Fehler verhindert den Versand" in page.text()
    links = {e.get("href") for e in page.markup.all("a")}
    assert "/arbeit/ausgaben/kk2020/teilnehmende" in links
    assert "/arbeit/ausgaben/kk2020/versand" in links  # of the navigation
    assert "Weiter zum Versand" not in page.text()


@pytest.mark.usefixtures("edition")
def test_warnings_are_read_and_then_it_goes_on(workplace: Workplace, inst: Installation) -> None:
    page = workplace.olga.get(HERE)
    assert "Lesen Sie noch die Hinweise" in page.text()

    reply = workplace.olga.press(page, HERE, READ)

    assert (reply.status, reply.location) == (303, HERE)
    after = workplace.olga.get(HERE)
    assert "Alles bereit" in after.text()
    assert "Weiter zum Versand" in after.text()
    assert READ not in [text for text, _, _ in after.buttons()]
    assert send_off_check(inst, stored_record(inst, "kk2020")).is_ready


@pytest.mark.usefixtures("edition")
def test_warnings_that_changed_since_are_shown_again(
    workplace: Workplace, inst: Installation
) -> None:
    page = workplace.olga.get(HERE)
    make_backup(inst)

    reply = workplace.olga.press(page, HERE, READ)

    assert reply.status == 409
    assert "Lesen Sie die Hinweise noch einmal" in reply.text()
    assert not send_off_check(inst, stored_record(inst, "kk2020")).is_ready


def test_after_the_first_mail_the_page_only_tells(
    workplace: Workplace, inst: Installation, edition: EditionRecord
) -> None:
    open_edition(inst, edition)

    page = workplace.olga.get(HERE)

    assert "schon verschickt" in page.text()
    assert READ not in [text for text, _, _ in page.buttons()]


def test_every_problem_leads_to_a_page_that_is_there(
    workplace: Workplace, inst: Installation, edition: EditionRecord
) -> None:
    broken = replace(
        edition.edition,
        is_made_up=False,
        contact_name="",
        text_readers="",
        deadline=inst.clock(),
        questionnaire=replace(
            edition.edition.questionnaire,
            sections=(
                *edition.edition.questionnaire.sections,
                Section("empty", Wording("Leer"), ()),
            ),
        ),
        box_size=0,
    )
    change_edition(inst, "kk2020", broken)
    (inst.settings.keys / f"{edition.id}.key").unlink()
    record = stored_record(inst, "kk2020")

    check = send_off_check(inst, record)
    places = {p.place for p in (*check.errors, *check.warnings)}

    assert {"deadline", "sender", "keys", "questionnaire.sections.empty"} <= places
    for place in places | {"participants", "schedule", "settings", "breakdown"}:
        assert workplace.olga.get(mending_address(record, place)).status == 200, place
