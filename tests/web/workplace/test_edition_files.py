"""An edition as a file, out and in again; and a planned edition that is given up."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from forms.edition_file import read_edition_file, write_edition_file
from survey.installation import Installation
from survey.keeping.deletions import DELETIONS, read_deletions
from survey.preparing import edition_of, editions_of
from survey.storage import deeds, participants
from survey.storage.giving_up import PLANS
from survey.urn.sealing import BOX_SIZES
from tests.events import congress, network_call
from tests.people import add_person, open_edition, store_edition
from tests.workplace import Workplace

START = "/arbeit/ausgaben/kk2020/angaben"
EXAMPLES = sorted((Path(__file__).parents[3] / "docs" / "examples").glob("*[0-9].toml"))


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda f: f.stem)
def test_what_goes_out_comes_back_the_same(
    workplace: Workplace, inst: Installation, file: Path
) -> None:
    store_edition(inst, read_edition_file(file))
    before = edition_of(inst, "main", file.stem)
    address = f"/arbeit/ausgaben/{file.stem}/angaben"

    out = workplace.olga.get(f"{address}/datei")
    page = workplace.olga.get(f"{address}/einlesen")
    back = workplace.olga.press(
        page, f"{address}/einlesen", "Änderungen ansehen", {"text": out.html}
    )

    assert out.headers["content-disposition"] == f'attachment; filename="{file.stem}.toml"'
    assert read_edition_file(out.html.encode()) == replace(before.edition, box_size=0)
    assert "Nichts: Die Ausgabe ist schon so" in back.text()
    assert edition_of(inst, "main", file.stem) == before


def test_a_file_imported_elsewhere_makes_an_equal_edition(
    workplace: Workplace, inst: Installation
) -> None:
    store_edition(inst, congress())
    before = edition_of(inst, "main", "kk2020").edition
    text = workplace.olga.get(f"{START}/datei").html.replace('"kk2020"', '"kk-zwei"')
    address = "/arbeit/ausgaben/neu/datei"

    workplace.olga.press(workplace.olga.get(address), address, "Ausgabe anlegen", {"text": text})

    assert edition_of(inst, "main", "kk-zwei").edition == replace(before, name="kk-zwei")


def test_a_changed_file_is_shown_before_it_counts(workplace: Workplace, inst: Installation) -> None:
    store_edition(inst, congress())
    changed = replace(
        congress(),
        title="Kongress 2020",
        retention_days=30,
        pairs=(),
        programme=replace(
            congress().programme,
            sessions=tuple(
                replace(s, speakers=("Anna",)) if s.code == "ws01" else s
                for s in congress().programme.sessions
                if s.code != "greeting"
            ),
        ),
    )
    text = write_edition_file(changed)
    address = f"{START}/einlesen"

    preview = workplace.olga.press(
        workplace.olga.get(address), address, "Änderungen ansehen", {"text": text}
    )

    assert preview.heading == "Das würde sich ändern"
    for said in (
        "bisher: Kommunalkongress 2020",
        "dann: Kongress 2020",
        "30 Tage nach dem Ende der Befragung",
        "Fragen, die zusammen ausgezählt werden",
        "Programmpunkt „Digitale Stadt“: Vortragende",
        "Programmpunkt „Grußwort“ fällt weg",
    ):
        assert said in preview.text()
    assert edition_of(inst, "main", "kk2020").edition.title == "Kommunalkongress 2020"

    done = workplace.olga.press(preview, address, "So ändern")

    assert (done.status, done.location) == (303, START)
    after = edition_of(inst, "main", "kk2020").edition
    assert replace(after, box_size=0) == changed
    assert after.box_size in BOX_SIZES


def test_a_file_of_an_outdated_page_is_shown_again(
    workplace: Workplace, inst: Installation
) -> None:
    store_edition(inst, congress())
    address = f"{START}/einlesen"
    text = write_edition_file(replace(congress(), title="Aus der Datei"))
    preview = workplace.olga.press(
        workplace.olga.get(address), address, "Änderungen ansehen", {"text": text}
    )
    group = f"{START}/absender"
    workplace.olga.press(workplace.olga.get(group), group, "Speichern", {"contact_name": "Neu"})

    refused = workplace.olga.press(preview, address, "So ändern")

    assert refused.status == 409
    assert "Wer Fragen beantwortet" in refused.text()
    assert edition_of(inst, "main", "kk2020").edition.title == "Kommunalkongress 2020"


def test_a_file_of_another_edition_is_refused(workplace: Workplace, inst: Installation) -> None:
    store_edition(inst, congress())
    address = f"{START}/einlesen"

    refused = workplace.olga.press(
        workplace.olga.get(address),
        address,
        "Änderungen ansehen",
        {"text": write_edition_file(network_call())},
    )

    assert refused.status == 422
    assert "In der Datei steht die Ausgabe „ikone2“, nicht „kk2020“." in refused.text()


def test_after_the_first_mail_a_file_with_frozen_changes_cannot_be_confirmed(
    workplace: Workplace, inst: Installation
) -> None:
    open_edition(inst, store_edition(inst, congress()))
    before = edition_of(inst, "main", "kk2020")
    address = f"{START}/einlesen"
    text = write_edition_file(replace(congress(), series="andere", title="Neu"))

    preview = workplace.olga.press(
        workplace.olga.get(address), address, "Änderungen ansehen", {"text": text}
    )
    own = {k: v[0] for k, v in workplace.olga.get(f"{START}/veranstaltung").fields().items()}
    forced = workplace.olga.post(address, own | {"text": text, "_action": "change"})

    assert "So ändern" not in [label for label, _name, _value in preview.buttons()]
    assert "Eine dieser Stellen steht fest" in preview.text()
    assert forced.status == 422
    assert edition_of(inst, "main", "kk2020") == before


def test_nothing_is_no_file(workplace: Workplace, inst: Installation) -> None:
    store_edition(inst, congress())
    address = f"{START}/einlesen"

    refused = workplace.olga.press(workplace.olga.get(address), address, "Änderungen ansehen")

    assert (refused.status, "Wählen Sie eine Datei aus" in refused.text()) == (422, True)


def test_a_planned_edition_is_given_up_with_its_people_and_its_key(
    workplace: Workplace, inst: Installation
) -> None:
    record = store_edition(inst, congress())
    other = store_edition(inst, network_call())
    add_person(inst, record, "Anna Albrecht", sessions=("ws01",))
    add_person(inst, other, "Bernd Becker")
    address = f"{START}/loeschen"
    page = workplace.olga.get(address)
    assert "1 Person auf der Liste wird gelöscht" in page.text()

    wrong = workplace.olga.press(page, address, "Ausgabe löschen", {"name": "kk2021"})
    assert (wrong.status, len(editions_of(inst, "main"))) == (422, 2)
    assert wrong.fields()["name"] == ("kk2021",)
    done = workplace.olga.press(page, address, "Ausgabe löschen", {"name": " kk2020 "})

    assert done.location == "/arbeit/ausgaben"
    assert [r.name for r in editions_of(inst, "main")] == ["ikone2"]
    assert participants.count(inst.database.read(), record.id) == 0
    assert participants.count(inst.database.read(), other.id) == 1
    assert (inst.keys.has(record.id), inst.keys.has(other.id)) == (False, True)
    assert read_deletions(inst.settings.data / DELETIONS) == ((record.id, "*"),)
    last = deeds.all_deeds(inst.database.read())[-1]
    assert (last.deed, last.edition, last.actor) == ("edition deleted", record.id, "olga")
    assert workplace.olga.get(START).status == 404


def test_an_edition_that_was_open_is_never_deleted(
    workplace: Workplace, inst: Installation
) -> None:
    record = store_edition(inst, congress())
    page = workplace.olga.get(f"{START}/loeschen")
    open_edition(inst, record)

    refused = workplace.olga.press(page, f"{START}/loeschen", "Ausgabe löschen", {"name": "kk2020"})

    assert refused.status == 409
    assert workplace.olga.get(f"{START}/loeschen").status == 409
    assert inst.keys.has(record.id)
    assert len(editions_of(inst, "main")) == 1


def test_no_table_of_plans_is_forgotten(inst: Installation) -> None:
    """Tables of answers and results are left out on purpose: what is in them keeps the edition."""
    tables = {
        row["name"]
        for row in inst.database.read().execute(
            "SELECT name FROM sqlite_master WHERE type = 'table'"
        )
    }
    referring = {
        table
        for table in tables
        for row in inst.database.read().execute(f"PRAGMA foreign_key_list({table})")
        if row["table"] == "edition"
    }
    people = {"draft", "held_list", "participant", "remembered"}
    answers = {"publication", "session_total", "tally", "text", "urn"}
    results = {"decision", "planned_decision", "public_page", "public_speaker", "share"}
    gone_with_it = {"session_topic"}

    assert referring - people - answers - results - gone_with_it == set(PLANS)
