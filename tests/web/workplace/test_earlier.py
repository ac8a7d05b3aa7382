"""An edition that another tool asked about comes in: file, facts, questions, answers, check, import; and it goes."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
import xlsxwriter

from survey.comparing.series import find_series
from survey.earlier.holding import delete_expired_surveys
from survey.earlier.mappings import kept_mappings
from survey.model.foreign_survey import OWN
from tests.earlier.example import EARLIER_ID, earlier_congress, overall, store_earlier
from tests.events import congress
from tests.people import store_edition

if TYPE_CHECKING:
    from survey.installation import Installation
    from survey.model.earlier import EarlierEdition
    from tests.accessibility.client import AccessibleClient, Page
    from tests.people import StoppedClock
    from tests.workplace import Workplace

SERIES = congress().series
FACTS = {
    "title": "Kommunalkongress 2017",
    "starts-day": "15",
    "starts-month": "9",
    "starts-year": "2017",
    "format": "on_site",
    "source": "Tabelle aus dem Archiv",
    "invited": "150",
    "answered": "60",
}


def workbook(*rows: tuple[object, ...]) -> bytes:
    """An XLSX file of one sheet."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    sheet = book.add_worksheet()
    for at, row in enumerate(rows):
        sheet.write_row(at, 0, row)
    book.close()
    return content.getvalue()


FREQUENCIES = workbook(
    ("Frage", "Antwort", "Anzahl"),
    ("Wie war der Kongress?", "sehr gut", 14),
    ("", "gut", 24),
    ("", "mittel", 12),
    ("", "schlecht", 6),
    ("", "sehr schlecht", 2),
    ("Wie war das Essen?", "gut", 30),
    ("", "schlecht", 20),
)


@pytest.fixture
def address(inst: Installation) -> str:
    """Where the series has its earlier editions."""
    store_edition(inst, congress())
    series = find_series(inst, "main", SERIES)
    return f"/arbeit/reihen/{series.address}/frueher"


def earlier(inst: Installation) -> tuple[EarlierEdition, ...]:
    """Those of the series."""
    return find_series(inst, "main", SERIES).earlier


def upload(
    client: AccessibleClient, address: str, content: bytes, name: str = "kk2017.xlsx"
) -> Page:
    """The reply to the uploaded file."""
    proof = client.get(f"{address}/neu").fields("Datei hochladen")["_proof"][0]
    return client.send_file(
        f"{address}/neu", {"_proof": proof}, name="file", file_name=name, content=content
    )


def press(
    client: AccessibleClient, address: str, button: str, fields: dict[str, str] | None = None
) -> Page:
    """The reply to that button of the page at the address, where its form leads."""
    page = client.get(address)
    pressed = next(b for b in page.markup.all("button") if "".join(b.itertext()) == button)
    form = next(e for e in page.markup.above(pressed) if e.tag == "form")
    return client.press(page, form.get("action") or address, button, fields)


def begin(client: AccessibleClient, address: str, content: bytes = FREQUENCIES) -> str:
    """A file with its facts is there; the address of the next steps."""
    new = f"{address}/neu"
    assert upload(client, address, content).status == 303
    assert press(client, f"{new}/angaben", "Weiter", FACTS).location == f"{new}/fragen"
    return new


def held(inst: Installation) -> list[str]:
    rows = inst.database.read().execute("SELECT content FROM held_earlier").fetchall()
    return [row["content"] for row in rows]


def test_a_planner_brings_an_edition_over_step_by_step(
    workplace: Workplace, inst: Installation, address: str
) -> None:
    new = begin(workplace.paul, address)

    checked = press(workplace.paul, f"{new}/fragen", "Weiter zur Prüfung")
    done = press(workplace.paul, f"{new}/pruefen", "Frühere Ausgabe einlesen")

    assert checked.location == f"{new}/pruefen"
    (edition,) = earlier(inst)
    assert done.location == f"{address}/{edition.id}"
    assert (edition.title, edition.invited, edition.answered) == ("Kommunalkongress 2017", 150, 60)
    (question,) = edition.questions
    assert (question.is_worded_alike, question.has_same_scale) == (True, True)
    assert dict(question.counts) == {
        "_n": 58,
        "very_good": 14,
        "good": 24,
        "fair": 12,
        "poor": 6,
        "very_poor": 2,
    }
    assert "Tabelle aus dem Archiv" in workplace.paul.get(address).text()
    assert "58 von 150" in workplace.paul.get(done.location).text()
    assert held(inst) == []


def test_before_the_import_nothing_is_there(
    workplace: Workplace, inst: Installation, address: str
) -> None:
    new = begin(workplace.paul, address)

    assert "sehr gut" in workplace.paul.get(f"{new}/pruefen").text()
    assert earlier(inst) == ()


def test_rows_of_answers_are_nowhere_after_the_upload(
    workplace: Workplace, inst: Installation, address: str
) -> None:
    rows = workbook(
        ("ID", "E-Mail", "Wie war der Kongress?", "Anmerkung"),
        *(
            (n, f"mensch{n}@example.org", "gut" if n % 3 else "sehr gut", f"Text {n}")
            for n in range(12)
        ),
    )

    begin(workplace.paul, address, rows)

    (content,) = held(inst)
    assert "sehr gut" in content
    assert [word for word in ("mensch3", "example.org", "Text 3") if word in content] == []


def test_what_is_begun_is_gone_after_an_hour(
    workplace: Workplace, inst: Installation, clock: StoppedClock, address: str
) -> None:
    new = begin(workplace.paul, address)

    clock.pass_by(timedelta(minutes=61))

    assert workplace.paul.get(f"{new}/fragen").location == new
    assert delete_expired_surveys(inst) == 1
    assert held(inst) == []


def test_a_file_that_says_nothing_is_refused_with_the_reason(
    workplace: Workplace, address: str
) -> None:
    page = upload(workplace.paul, address, b"Frage;Antwort;Anzahl\nA;ja;40 %\n", "x.csv")

    assert page.status == 422
    assert "Gebraucht wird die Zahl der Personen" in page.text()


def test_facts_that_cannot_be_are_refused_and_what_was_typed_stays(
    workplace: Workplace, address: str
) -> None:
    upload(workplace.paul, address, FREQUENCIES)
    typed = {**FACTS, "answered": "200", "source": "", "starts-year": "2031"}

    page = press(workplace.paul, f"{address}/neu/angaben", "Weiter", typed)

    assert page.status == 422
    assert page.fields("Weiter")["title"] == ("Kommunalkongress 2017",)
    said = page.text()
    assert "nicht mehr geantwortet haben, als befragt" in said
    assert "Sagen Sie, woher die Zahlen stammen" in said
    assert "nicht in der Zukunft" in said


def test_answers_as_numbers_are_matched_by_saying_which_end_is_best(
    workplace: Workplace, inst: Installation, address: str
) -> None:
    rows = workbook(("Frage", "1", "2", "3", "4", "5"), ("Wie war der Kongress?", 14, 24, 12, 6, 2))
    new = begin(workplace.paul, address, rows)
    unmatched = press(workplace.paul, f"{new}/fragen/1", "Zuordnung speichern")

    press(workplace.paul, f"{new}/fragen/1", "Die erste ist die beste")
    saved = press(workplace.paul, f"{new}/fragen/1", "Zuordnung speichern")
    press(workplace.paul, f"{new}/pruefen", "Frühere Ausgabe einlesen")

    assert unmatched.status == 422
    assert saved.location == f"{new}/fragen"
    assert dict(earlier(inst)[0].questions[0].counts)["very_good"] == 14


def test_an_answer_of_its_own_on_the_same_scale_is_refused_with_the_way_out(
    workplace: Workplace, address: str
) -> None:
    new = begin(workplace.paul, address)

    refused = press(workplace.paul, f"{new}/fragen/1", "Zuordnung speichern", {"answer-2": OWN})

    assert refused.status == 422
    assert "Dann gab es dort andere Antworten als bei uns" in refused.text()
    assert "was „mittel“ bei uns heißt" not in refused.text()


def test_the_check_shows_which_answers_were_matched_against_their_words(
    workplace: Workplace, address: str
) -> None:
    new = begin(workplace.paul, address)
    as_proposed = workplace.paul.get(f"{new}/pruefen").text()
    press(
        workplace.paul,
        f"{new}/fragen/1",
        "Zuordnung speichern",
        {"answer-0": overall().choices[-1].code, "answer-4": overall().choices[0].code},
    )

    turned = workplace.paul.get(f"{new}/pruefen").text()

    assert "zählt als" not in as_proposed
    assert "„sehr gut“ zählt als" in turned
    assert "„sehr schlecht“ zählt als" in turned
    assert "„gut“ zählt als" not in turned


def test_a_mapping_of_another_file_takes_nothing_away(workplace: Workplace, address: str) -> None:
    new = begin(workplace.paul, address)
    press(workplace.paul, f"{new}/pruefen", "Frühere Ausgabe einlesen", {"mapping_name": "Archiv"})
    rows = workbook(("Frage", "gut", "schlecht"), ("Wie war der Ausflug?", 14, 24))
    upload(workplace.paul, address, rows)
    press(workplace.paul, f"{new}/angaben", "Weiter", FACTS | {"starts-year": "2016"})
    press(
        workplace.paul,
        f"{new}/fragen",
        "Speichern und Antworten ansehen",
        {"question-0": "overall"},
    )

    refused = press(workplace.paul, f"{new}/fragen", "Zuordnung übernehmen", {"mapping": "archiv"})

    assert "Sie gehört zu einer anderen" in refused.text()
    assert workplace.paul.get(f"{new}/fragen").fields("Weiter zur Prüfung")["question-0"] == (
        "overall",
    )


def test_other_answers_are_kept_as_they_were_and_not_compared(
    workplace: Workplace, inst: Installation, address: str
) -> None:
    new = begin(workplace.paul, address)
    press(
        workplace.paul,
        f"{new}/fragen",
        "Speichern und Antworten ansehen",
        {"question-1": "overall", "question-0": ""},
    )

    press(workplace.paul, f"{new}/fragen/2", "Zuordnung speichern", {"same_scale": "n"})
    press(workplace.paul, f"{new}/pruefen", "Frühere Ausgabe einlesen")

    (question,) = earlier(inst)[0].questions
    assert (question.item.code, question.has_same_scale) == ("overall", False)
    assert dict(question.counts) == {"_n": 50, "gut": 30, "schlecht": 20}
    assert (
        "Wird nicht mit unseren Ausgaben verglichen"
        in workplace.paul.get(f"{address}/{earlier(inst)[0].id}").text()
    )


def test_a_small_question_keeps_only_how_many_answered(
    workplace: Workplace, inst: Installation, address: str
) -> None:
    rows = workbook(("Frage", "sehr gut", "gut"), ("Wie war der Kongress?", 2, 2))
    new = begin(workplace.paul, address, rows)

    preview = workplace.paul.get(f"{new}/pruefen")
    press(workplace.paul, f"{new}/pruefen", "Frühere Ausgabe einlesen")

    assert "aus Gründen der Anonymität nicht ausgewiesen" in preview.text().replace("Aus", "aus")
    assert earlier(inst)[0].questions[0].counts == (("_n", 4),)


def test_the_same_day_comes_in_once(workplace: Workplace, inst: Installation, address: str) -> None:
    new = begin(workplace.paul, address)
    store_earlier(inst, earlier_congress())

    refused = press(workplace.paul, f"{new}/pruefen", "Frühere Ausgabe einlesen")

    assert refused.status == 409
    assert "schon eine frühere Ausgabe" in refused.text()
    assert len(earlier(inst)) == 1


def test_a_day_that_is_there_is_refused_before_anything_is_matched(
    workplace: Workplace, inst: Installation, address: str
) -> None:
    store_earlier(inst, earlier_congress())
    upload(workplace.paul, address, FREQUENCIES)

    refused = press(workplace.paul, f"{address}/neu/angaben", "Weiter", FACTS)

    assert refused.status == 422
    assert "schon eine frühere Ausgabe" in refused.text()


def test_other_numbers_of_the_same_day_are_refused_where_they_give_somebody_away(
    workplace: Workplace, inst: Installation, address: str
) -> None:
    new = begin(workplace.paul, address)
    press(workplace.paul, f"{new}/pruefen", "Frühere Ausgabe einlesen")
    press(workplace.paul, f"{address}/{earlier(inst)[0].id}/loeschen", "Frühere Ausgabe löschen")
    rows = workbook(
        ("Frage", "sehr gut", "gut", "mittel", "schlecht", "sehr schlecht"),
        ("Wie war der Kongress?", 14, 24, 12, 6, 3),
    )
    begin(workplace.paul, address, rows)

    refused = press(workplace.paul, f"{new}/pruefen", "Frühere Ausgabe einlesen")

    assert refused.status == 409
    assert earlier(inst) == ()


def test_a_mapping_is_kept_used_again_and_deleted(
    workplace: Workplace, inst: Installation, address: str
) -> None:
    new = begin(workplace.paul, address)
    press(workplace.paul, f"{new}/pruefen", "Frühere Ausgabe einlesen", {"mapping_name": "Archiv"})
    file = workplace.paul.get(f"{address}/zuordnungen/archiv/datei")
    upload(workplace.paul, address, FREQUENCIES)
    press(workplace.paul, f"{new}/fragen", "Weiter zur Prüfung", {"question-0": ""})

    press(workplace.paul, f"{new}/fragen", "Zuordnung übernehmen", {"mapping": "archiv"})

    assert 'theirs = "Wie war der Kongress?"' in file.html
    assert workplace.paul.get(f"{new}/fragen").fields("Weiter zur Prüfung")["question-0"] == (
        "overall",
    )
    press(workplace.paul, f"{address}/zuordnungen/archiv/loeschen", "Zuordnung löschen")
    assert kept_mappings(inst, "main") == ()


def test_a_mapping_file_that_is_wrong_is_refused_with_the_reason(
    workplace: Workplace, address: str
) -> None:
    new = begin(workplace.paul, address)
    fields = {
        "_proof": workplace.paul.get(f"{new}/fragen").fields("Zuordnung hochladen")["_proof"][0]
    }

    page = workplace.paul.send_file(
        f"{new}/zuordnung", fields, name="mapping-file", file_name="x.toml", content=b"[questions"
    )

    assert page.status == 422
    assert "Das wurde nicht angenommen" in page.text()


def test_the_mapping_chosen_for_a_file_can_be_kept_and_used_for_the_next(
    workplace: Workplace, address: str
) -> None:
    new = begin(workplace.paul, address)

    page = workplace.paul.get(f"{new}/pruefen")
    file = workplace.paul.get(f"{new}/zuordnung.toml")

    assert f"{new}/zuordnung.toml" in page.html
    assert (file.status, file.headers["content-type"]) == (200, "application/toml")
    assert 'filename="zuordnung.toml"' in file.headers["content-disposition"]
    press(workplace.paul, f"{new}/fragen", "Weiter zur Prüfung", {"question-0": ""})
    assert _chosen(workplace, new) == ("",)
    page = workplace.paul.send_file(
        f"{new}/zuordnung",
        {"_proof": workplace.paul.get(f"{new}/fragen").fields("Zuordnung hochladen")["_proof"][0]},
        name="mapping-file",
        file_name="zuordnung.toml",
        content=file.html.encode(),
    )
    assert page.location == f"{new}/fragen"
    assert _chosen(workplace, new) == ("overall",)


def _chosen(workplace: Workplace, new: str) -> tuple[str, ...]:
    return workplace.paul.get(f"{new}/fragen").fields("Weiter zur Prüfung")["question-0"]


def test_without_a_file_under_way_there_is_no_mapping_to_keep(
    workplace: Workplace, address: str
) -> None:
    assert workplace.paul.get(f"{address}/neu/zuordnung.toml").location == f"{address}/neu"


def test_what_changed_since_it_was_shown_is_not_imported(
    workplace: Workplace, inst: Installation, address: str
) -> None:
    new = begin(workplace.paul, address)
    shown = workplace.paul.get(f"{new}/pruefen")
    press(workplace.paul, f"{new}/angaben", "Weiter", {**FACTS, "title": "Ein anderer"})

    page = workplace.paul.press(shown, f"{new}/einlesen", "Frühere Ausgabe einlesen")

    assert page.status == 409
    assert earlier(inst) == ()


def test_a_foreign_organisation_finds_nothing(
    workplace: Workplace, inst: Installation, address: str
) -> None:
    store_earlier(inst, earlier_congress())

    assert workplace.paul.get(f"{address}/{EARLIER_ID}").status == 200
    assert workplace.frieda.get(f"{address}/{EARLIER_ID}").status == 404
    assert workplace.frieda.get(address).status == 404


def test_what_one_person_holds_nobody_else_sees(workplace: Workplace, address: str) -> None:
    new = begin(workplace.paul, address)

    assert workplace.paul.get(f"{new}/fragen").status == 200
    assert workplace.olga.get(f"{new}/fragen").location == new


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"same_scale": "y", "answer-0": "unsinn", "population": "viele"},
        {"same_scale": "n", "best_last": "y", "answered": "-1"},
        {"_action": "last", "same_scale": "y", "population": "9" * 40},
        {"_action": "split"},
        {"_action": "unsinn", "everybody": "\u202e", "answer-99": "good"},
    ],
    ids=["nothing", "nonsense", "other scale", "in order", "nothing to part", "unknown"],
)
def test_whatever_is_sent_about_a_question_is_answered(
    workplace: Workplace, address: str, fields: dict[str, str]
) -> None:
    new = begin(workplace.paul, address)
    own = workplace.paul.get(f"{new}/fragen/1").fields("Zuordnung speichern")
    sent = {"_proof": own["_proof"][0], "_revision": own["_revision"][0], **fields}

    page = workplace.paul.post(f"{new}/fragen/1", sent)

    assert page.status in {303, 422}


@pytest.mark.parametrize("number", ["0", "3", "99999999999", "x", "-1", "²"])
def test_a_question_that_is_not_there_is_not_found(
    workplace: Workplace, address: str, number: str
) -> None:
    new = begin(workplace.paul, address)
    press(workplace.paul, f"{new}/fragen", "Weiter zur Prüfung")

    assert workplace.paul.get(f"{new}/fragen/{number}").status == 404


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\x01",
        b"PK\x03\x04kaputt",
        b"sep=;\n",
        "Frage;Antwort;Anzahl\nA;\u202egut;5\n;schlecht;99999999\n".encode(),
        b"a;b\n" + b"1;2\n" * 30000,
        b"x;" * 500 + b"\n" + b"1;" * 500,
    ],
    ids=["empty", "binary", "broken", "separator", "numbers", "long", "wide"],
)
def test_whatever_file_is_sent_is_answered(
    workplace: Workplace, address: str, content: bytes
) -> None:
    page = upload(workplace.paul, address, content, "x.csv")

    assert page.status in {303, 422}


def test_a_question_put_together_of_columns_can_be_parted(
    workplace: Workplace, address: str
) -> None:
    rows = workbook(
        ("Technik: Hat die Technik funktioniert?", "Technik: War der Ton gut?"),
        *(("ja" if n % 3 else "nein", "ja" if n % 2 else "nein") for n in range(12)),
    )
    new = begin(workplace.paul, address, rows)
    together = workplace.paul.get(f"{new}/fragen")
    assert "question-1" not in together.fields("Weiter zur Prüfung")
    press(
        workplace.paul, f"{new}/fragen", "Speichern und Antworten ansehen", {"question-0": "heard"}
    )

    press(workplace.paul, f"{new}/fragen/1", "Das sind einzelne Fragen: trennen")

    parted = workplace.paul.get(f"{new}/fragen").fields("Weiter zur Prüfung")
    assert "question-1" in parted
