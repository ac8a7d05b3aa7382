"""Other tools' files are tallied as they are read, whatever their form; nobody's row, name or text remains."""

from __future__ import annotations

import io
from contextlib import suppress

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from forms.earlier_file import read_earlier_file
from survey.errors import FileRefused
from survey.model.foreign_survey import HeldSurvey, Manner, TheirSurvey, held_from_text


def read(*lines: str, name: str = "antworten.csv") -> TheirSurvey:
    """What those lines of CSV say."""
    return read_earlier_file("\n".join(lines).encode(), name)


def workbook(**sheets: list[tuple[object, ...]]) -> bytes:
    """An XLSX file with those sheets."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
    book.close()
    return content.getvalue()


def counts(survey: TheirSurvey, key: str) -> dict[str, int]:
    """How often each answer of that question was given."""
    question = survey.question(key)
    assert question is not None
    return {answer.value: answer.count for answer in question.answers}


LIMESURVEY = (
    '"id","submitdate","startlanguage","Q1","Q2[SQ001]","Q2[SQ002]","Q2[other]","Q3[a]","Q3[b]","Q4"',
    '"1","2016-09-19 08:00:00","de","A1","Y","","","A1","A2","Mehr Pausen"',
    '"2","2016-09-19 08:01:00","de","A2","Y","Y","","A2","A2","Alles gut so"',
    '"3","2016-09-19 08:02:00","de","A1","","","Busse","A1","A3","Danke"',
    '"4","2016-09-19 08:03:00","de","A1","","","","A1","A2",""',
    '"5","2016-09-19 08:04:00","de","","Y","","","A1","",""',
    '"6","2016-09-19 08:05:00","de","A2","","Y","","A1","A2","Weiter so"',
    '"7","2016-09-19 08:06:00","de","A1","Y","","","A2","A1","Nichts"',
    '"8","","de","A1","Y","Y","","A2","A1","Nicht gesendet"',
)


def test_what_was_never_sent_does_not_count() -> None:
    survey = read(*LIMESURVEY)

    assert (survey.responses, survey.unfinished) == (7, 1)
    assert counts(survey, "Q1") == {"A1": 4, "A2": 2}


def test_ticked_columns_are_one_question_answered_by_whoever_ticked_any() -> None:
    question = read(*LIMESURVEY).question("Q2")

    assert question is not None
    assert question.manner is Manner.SEVERAL
    assert question.answered == 6
    assert [(a.value, a.count) for a in question.answers] == [
        ("SQ001", 4),
        ("SQ002", 2),
        ("other", 1),
    ]


def test_lines_of_a_table_are_questions_of_their_own() -> None:
    survey = read(*LIMESURVEY)

    assert counts(survey, "Q3[a]") == {"A1": 5, "A2": 2}
    assert counts(survey, "Q3[b]") == {"A1": 1, "A2": 4, "A3": 1}


def test_nothing_of_a_person_is_read() -> None:
    survey = read(*LIMESURVEY)

    said = HeldSurvey(survey).to_text()
    assert "Q4" in survey.passed_over
    assert [word for word in ("2016-09-19", "Pausen", "Busse") if word in said] == []


@pytest.mark.parametrize(
    "heading",
    [
        pytest.param("G1Q1", id="code"),
        pytest.param("G1Q1. Wie war es?", id="code and text"),
        pytest.param("Wie war es?", id="text"),
        pytest.param("G1Q1_SQ001", id="newer code"),
    ],
)
def test_a_heading_is_understood_in_every_form_of_the_export(heading: str) -> None:
    survey = read(heading, *["gut"] * 6, *["schlecht"] * 3)

    (question,) = survey.questions
    assert question.key == heading.partition(". ")[0]
    assert {a.value: a.count for a in question.answers} == {"gut": 6, "schlecht": 3}


def test_a_ranking_counts_places_and_first_places() -> None:
    rows = ["B1;B2;"] * 3 + ["B2;B1;B3"] * 2 + ["B3;;"] * 1
    survey = read("T[1];T[2];T[3]", *rows)

    question = survey.question("T")
    assert question is not None
    assert (question.manner, question.answered) == (Manner.RANKED, 6)
    assert [(a.value, a.count, a.first) for a in question.answers] == [
        ("B1", 5, 3),
        ("B2", 5, 2),
        ("B3", 3, 1),
    ]


def test_several_answers_in_one_cell_end_with_semicolons_in_microsoft_forms() -> None:
    head = ("ID", "Start time", "Completion time", "Email", "Name", "Themen?", "Wie war es?")
    rows = [
        (n, 44000.5, 44000.6, "anonymous", "", "Netze;Schulen;" if n % 2 else "Netze;", "gut")
        for n in range(1, 9)
    ]
    survey = read_earlier_file(workbook(Form1=[head, *rows]), "forms.xlsx")

    themes = survey.question("Themen?")
    assert themes is not None
    assert (themes.manner, themes.answered) == (Manner.SEVERAL, 8)
    assert counts(survey, "Themen?") == {"Netze": 8, "Schulen": 4}
    assert [q.key for q in survey.questions] == ["Themen?", "Wie war es?"]


def test_raw_data_of_evasys_have_numbers_and_columns_to_tick() -> None:
    head = (
        "Bogen",
        "1.1 Gesamteindruck",
        "1.2 Themen: Netze",
        "1.2 Themen: Schulen",
        "2.1 Bemerkung",
    )
    rows = [(n, n % 5 + 1, n % 2, (n + 1) % 2, f"Satz {n}") for n in range(1, 21)]
    survey = read_earlier_file(workbook(Rohdaten=[head, *rows]), "evasys.xlsx")

    assert counts(survey, "1.1 Gesamteindruck") == {"1": 4, "2": 4, "3": 4, "4": 4, "5": 4}
    themes = survey.question("1.2 Themen")
    assert themes is not None
    assert (themes.manner, themes.answered) == (Manner.SEVERAL, 20)
    assert counts(survey, "1.2 Themen") == {"Netze": 10, "Schulen": 10}


def test_frequencies_stand_a_line_for_each_answer() -> None:
    survey = read(
        "Ergebnisse 2017",
        "Frage;Antwort;Anzahl;n;N",
        "Wie war es?;gut;30;50;120",
        ";schlecht;20;;",
        "Themen?;Netze;1.040;1.500;",
        ";Schulen;900;;",
    )

    asked, themes = survey.questions
    assert (asked.manner, asked.answered, asked.asked) == (Manner.UNKNOWN, 50, 120)
    assert counts(survey, "Wie war es?") == {"gut": 30, "schlecht": 20}
    assert (themes.manner, themes.answered) == (Manner.SEVERAL, 1500)
    assert counts(survey, "Themen?") == {"Netze": 1040, "Schulen": 900}


def test_frequencies_stand_a_line_for_each_question() -> None:
    survey = read("Frage;n;sehr gut;gut;schlecht;%", "Essen;30;10;15;5;83", "Räume;;9;;1;")

    assert counts(survey, "Essen") == {"sehr gut": 10, "gut": 15, "schlecht": 5}
    assert counts(survey, "Räume") == {"sehr gut": 9, "schlecht": 1}


def test_frequencies_may_stand_on_several_sheets() -> None:
    head = ("Frage", "Antwort", "Anzahl")
    survey = read_earlier_file(
        workbook(A=[head, ("Eins", "ja", 5), ("", "nein", 6)], B=[head, ("Zwei", "ja", 7)]),
        "x.xlsx",
    )

    assert [q.key for q in survey.questions] == ["Eins", "Zwei"]


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        pytest.param(("Frage;Antwort;Anzahl", "A;gut;40 %"), "„40 %“ ist ein Anteil", id="percent"),
        pytest.param(("Frage;Antwort;Anzahl", "A;gut;0,4"), "„0,4“ ist ein Anteil", id="share"),
        pytest.param(("Frage;Antwort;Anzahl", "A;gut;viele"), "keine Zahl", id="no number"),
        pytest.param(("Frage;Antwort;Anzahl", "A;gut;-3"), "keine Zahl", id="negative"),
        pytest.param(
            ("Frage;Antwort;Anzahl", "A;gut;3", ";gut;4"),
            "steht bei dieser Frage zweimal",
            id="twice",
        ),
        pytest.param(("Frage;Antwort;Anzahl", ";gut;3"), "fehlt die Frage", id="no question"),
        pytest.param(
            ("Frage;Antwort;Anzahl;n", "A;gut;3;9", ";schlecht;4;8"), "weiter oben", id="two bases"
        ),
        pytest.param(("Frage",), "keine einzige Antwort", id="headings only"),
        pytest.param(("Name;Ort", "Lena;Ulm", "Max;Bonn"), "keine Frage", id="only persons"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_the_reason(
    lines: tuple[str, ...], why: str
) -> None:
    with pytest.raises(FileRefused) as refused:
        read(*lines)

    said = [p.key % p.values() for p in refused.value.problems]
    assert any(why in each for each in said), said


@pytest.mark.parametrize(
    "rare",
    [
        ("Frau Maier",),
        ("dass Herr Schmidt überzog", "das Mikrofon ging nie"),
        ("viel zu warm im Saal", "mehr Zeit zum Reden", "die Bahn fuhr nicht"),
        ("ich fand alles gut und kam wieder weil der Saal so schön hell war",),
    ],
)
def test_a_text_is_not_an_answer_however_often_others_wrote_nothing(rare: tuple[str, ...]) -> None:
    rows = [f"gut;{text}" for text in ("nein",) * 15 + ("-",) * 15 + rare]

    survey = read("Wie war es?;Was noch?", *rows)

    assert [question.key for question in survey.questions] == ["Wie war es?"]
    assert survey.passed_over == ("Was noch?",)
    assert not any(text in repr(survey) for text in rare)


def test_a_rare_answer_to_choose_from_stays_one() -> None:
    chosen = ("stimme voll zu",) * 9 + ("stimme eher zu",) * 5 + ("stimme gar nicht zu",)

    survey = read("Frage;Es war gut", *(f"ja;{answer}" for answer in chosen))

    assert counts(survey, "Es war gut")["stimme gar nicht zu"] == 1


def test_fewer_than_five_answers_are_not_read() -> None:
    survey = read("A;B", "ja;ja", "nein;ja", "ja;nein", "ja;ja", ";nein")

    assert [q.key for q in survey.questions] == ["B"]
    assert survey.passed_over == ("A",)


cells = st.one_of(
    st.sampled_from(["", "Y", "N", "A1", "A2", "ja", "nein", "1", "2", "10", "Netze;Schulen;"]),
    st.text(max_size=8),
)
headings = st.one_of(
    st.sampled_from(
        ["id", "submitdate", "Q1", "Q1[1]", "Q1[2]", "Q2[a]", "Q2[b]", "Q2[other]", "Frage", "n"]
    ),
    st.text(max_size=8),
)


@given(
    st.lists(headings, min_size=1, max_size=6),
    st.lists(st.lists(cells, max_size=7), max_size=12),
    st.sampled_from([";", ",", "\t"]),
)
def test_whatever_the_rows_hold_is_read_or_refused_and_adds_up(
    head: list[str], rows: list[list[str]], delimiter: str
) -> None:
    text = "\n".join(delimiter.join(row) for row in [head, *rows])

    with suppress(FileRefused):
        survey = read_earlier_file(text.encode("utf-8", "surrogatepass"), "x.csv")

        assert held_from_text(HeldSurvey(survey).to_text()).survey == survey
        for question in survey.questions:
            if question.answered is not None and question.manner is not Manner.UNKNOWN:
                assert all(0 <= a.count <= question.answered for a in question.answers)
            if survey.responses is not None and question.manner is Manner.ONE:
                assert 5 <= sum(a.count for a in question.answers) <= survey.responses


@given(st.binary(max_size=400))
def test_whatever_is_sent_is_read_or_refused(data: bytes) -> None:
    with suppress(FileRefused):
        read_earlier_file(data, "x.csv")
