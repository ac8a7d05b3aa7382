"""The log page: who did what, in words; whole, printable, and of the own organisation only."""

from __future__ import annotations

import ast
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from survey.logbook import ON_ONE_PAGE
from survey.model.workplace import Actor
from survey.preparing import change_edition, close_now
from survey.storage import accounts
from survey.storage.deeds import write_deed
from survey.web.organiser.log.sentences import SENTENCES
from tests.events import congress
from tests.people import START, open_edition, store_edition
from tests.workplace import FOREIGN

if TYPE_CHECKING:
    from survey.installation import Installation
    from tests.people import StoppedClock
    from tests.workplace import Workplace

LOG = "/arbeit/protokoll"
SOURCES = Path(__file__).resolve().parents[3] / "survey"


def deed_keys() -> dict[str, str]:
    """Every key of a deed that is written somewhere, with the file it is written in."""
    found: dict[str, str] = {}
    for file in sorted(SOURCES.rglob("*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        constants = {
            target.id: node.value.value
            for node in tree.body
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for call in ast.walk(tree):
            if not isinstance(call, ast.Call):
                continue
            given = [k.value for k in call.keywords if k.arg == "deed"]
            if ast.unparse(call.func).endswith("write_deed"):
                given += call.args
            for value in given:
                text = value.value if isinstance(value, ast.Constant) else None
                if isinstance(value, ast.Name):
                    text = constants.get(value.id)
                if isinstance(text, str):
                    found[text] = file.name
    return found


def write(inst: Installation, deed: str, *, organisation: str, actor: str = "") -> None:
    inst.database.write_for(
        Actor(actor, organisation),
        lambda c: write_deed(c, deed, at=inst.clock(), edition=""),
    )


def test_every_deed_that_is_written_anywhere_has_a_sentence() -> None:
    keys = deed_keys()

    assert {"edition created", "urn counted", "deadline extended", "theme added"} <= set(keys)
    assert {key: file for key, file in keys.items() if key not in SENTENCES} == {}


def test_deeds_are_told_in_words_newest_first(workplace: Workplace, clock: StoppedClock) -> None:
    inst = workplace.inst
    olgas = inst.acting(Actor("olga", "main"))
    record = open_edition(inst, store_edition(inst, congress()))
    clock.pass_by(timedelta(minutes=1))
    close_now(olgas, record.name)

    page = workplace.olga.get(LOG)

    rows = [" ".join("".join(c.itertext()) for c in e) for e in page.markup.all("tr")][1:]
    assert rows == [
        "14.09.20, 09:01 Die Befragung wurde geschlossen. Olga Ohm Kommunalkongress 2020 3",
        "14.09.20, 09:00 Die Befragung wurde geöffnet. Dienst Kommunalkongress 2020 2",
        "14.09.20, 09:00 Die Ausgabe wurde angelegt. Dienst Kommunalkongress 2020 1",
    ]  # fmt: skip
    assert "Das Protokoll ist vollständig" in page.text()
    assert "Alle Zeiten in der Zeitzone Europe/Berlin." in page.text()


def test_only_organisers_read_the_log(workplace: Workplace) -> None:
    for path in (LOG, f"{LOG}/protokoll.csv"):
        assert workplace.olga.get(path).status == 200
        assert workplace.paul.get(path).status == 404
        assert workplace.stranger.get(path).status == 303


def test_the_log_takes_no_other_method(workplace: Workplace) -> None:
    assert workplace.olga.request("POST", LOG).status == 405


def test_each_organisation_reads_its_own_deeds(workplace: Workplace) -> None:
    store_edition(workplace.inst, congress())
    write(workplace.inst, "logo changed", organisation="main", actor="olga")
    write(workplace.inst, "logo removed", organisation=FOREIGN.id, actor="frieda")

    ours, foreign = workplace.olga.get(LOG).text(), workplace.frieda.get(LOG).text()

    assert "Das Logo wurde geändert." in ours
    assert "Das Logo wurde entfernt." not in ours
    assert "Frieda" not in ours
    assert "Das Logo wurde entfernt." in foreign
    assert "Kommunalkongress" not in foreign
    assert "Olga" not in foreign


def test_the_log_of_one_edition(workplace: Workplace) -> None:
    store_edition(workplace.inst, congress())
    write(workplace.inst, "logo changed", organisation="main", actor="olga")

    page = workplace.olga.get(f"{LOG}?ausgabe=kk2020")

    assert "Die Ausgabe wurde angelegt." in page.text()
    assert "Das Logo" not in page.text()


def test_the_log_of_a_foreign_edition_is_not_there(workplace: Workplace) -> None:
    store_edition(workplace.inst, congress())

    assert workplace.frieda.get(f"{LOG}?ausgabe=kk2020").status == 404
    assert workplace.frieda.get(f"{LOG}/protokoll.csv?ausgabe=kk2020").status == 404


def test_a_long_log_has_pages(workplace: Workplace) -> None:
    for _ in range(ON_ONE_PAGE + 1):
        write(workplace.inst, "logo changed", organisation="main", actor="olga")

    first, second = workplace.olga.get(LOG), workplace.olga.get(f"{LOG}?seite=2")

    assert len(first.markup.all("tr")) == ON_ONE_PAGE + 1
    assert "Ältere Einträge" in first.text()
    assert len(second.markup.all("tr")) == 2
    assert "Neuere Einträge" in second.text()


@pytest.mark.parametrize("page", ["0", "2", "-1", "x", "²", "9999999"])
def test_no_other_page_is_there(workplace: Workplace, page: str) -> None:
    assert workplace.olga.get(f"{LOG}?seite={page}").status == 404


@pytest.mark.proves("S45")
def test_an_altered_log_says_so_and_where(workplace: Workplace) -> None:
    for _ in range(3):
        write(workplace.inst, "logo changed", organisation="main", actor="olga")

    workplace.inst.database.write(
        lambda c: c.execute("UPDATE deed SET actor = 'frieda' WHERE id LIKE '00000002-%'")
    )

    assert "Ab Eintrag 2 passt es nicht mehr zusammen." in workplace.olga.get(LOG).text()


def test_what_changed_is_told_in_words(workplace: Workplace) -> None:
    inst = workplace.inst
    store_edition(inst, congress())
    change_edition(inst, "kk2020", replace(congress(), title="Kongress"))

    page = workplace.olga.get(LOG)

    assert "Die Ausgabe wurde geändert: Titel." in page.text()


def test_who_is_gone_is_named_no_more(workplace: Workplace) -> None:
    write(workplace.inst, "logo changed", organisation="main", actor="niemand")

    assert "gelöschtes Konto" in workplace.olga.get(LOG).text()
    assert accounts.find(workplace.inst.database.read(), "niemand") is None


@pytest.mark.proves("S5")
def test_the_log_can_be_taken_along_as_a_table(workplace: Workplace) -> None:
    inst = workplace.inst
    store_edition(inst, congress())
    inst.database.write_for(
        Actor("olga", "main"),
        lambda c: write_deed(
            c, "colleague invited", at=START, edition="", facts={"address": '=cmd|"x"', "role": "planner"}
        ),
    )  # fmt: skip

    table = workplace.olga.get(f"{LOG}/protokoll.csv")

    assert table.headers["content-disposition"] == 'attachment; filename="protokoll.csv"'
    assert table.headers["x-content-type-options"] == "nosniff"
    lines = table.html.lstrip("\ufeff").splitlines()
    assert lines[0] == "Nummer;Zeitpunkt;Wer;Ausgabe;Was"
    assert lines[1] == (
        "2;2020-09-14T09:00:00+02:00;Olga Ohm;;"
        '"\'=cmd|""x"" wurde eingeladen, hier zu arbeiten (plant)."'
    )


def test_the_log_is_there_in_english(workplace: Workplace) -> None:
    store_edition(workplace.inst, congress())

    page = workplace.olga.get(f"{LOG}?sprache=en")

    assert page.heading == "Log"
    assert "The edition was created." in page.text()
