"""The structure of a LimeSurvey questionnaire gives its codes words, in old and new versions; bad XML does nothing."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.earlier_file import read_earlier_file
from forms.limesurvey_structure import read_structure, with_structure
from survey.errors import FileRefused
from survey.model.foreign_survey import Manner


def rows(section: str, *found: dict[str, object]) -> str:
    """A section of the file."""
    said = "".join(
        "<row>" + "".join(f"<{k}><![CDATA[{v}]]></{k}>" for k, v in row.items()) + "</row>"
        for row in found
    )
    return f"<{section}><fields/><rows>{said}</rows></{section}>"


def document(*sections: str) -> bytes:
    """The file."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?><document><LimeSurveyDocType>Survey</LimeSurveyDocType>'
        + "".join(sections)
        + "</document>"
    ).encode()


OLD = document(
    rows("surveys", {"sid": 1, "language": "de"}),
    rows("surveys_languagesettings", {"surveyls_language": "de", "surveyls_title": "Kongress"}),
    rows(
        "questions",
        {
            "qid": 1,
            "parent_qid": 0,
            "type": "L",
            "title": "Q1",
            "question": "<p>Wie war es?</p>",
            "language": "de",
        },
        {
            "qid": 1,
            "parent_qid": 0,
            "type": "L",
            "title": "Q1",
            "question": "How was it?",
            "language": "en",
        },
        {
            "qid": 2,
            "parent_qid": 0,
            "type": "M",
            "title": "Q2",
            "question": "Themen?",
            "language": "de",
            "other": "Y",
        },
        {
            "qid": 3,
            "parent_qid": 0,
            "type": "T",
            "title": "Q3",
            "question": "Text?",
            "language": "de",
        },
        {
            "qid": 4,
            "parent_qid": 0,
            "type": "C",
            "title": "Q4",
            "question": "Gab es",
            "language": "de",
        },
    ),
    rows(
        "subquestions",
        {
            "qid": 22,
            "parent_qid": 2,
            "title": "b",
            "question": "Schulen",
            "question_order": 2,
            "language": "de",
        },
        {
            "qid": 21,
            "parent_qid": 2,
            "title": "a",
            "question": "Netze",
            "question_order": 1,
            "language": "de",
        },
        {
            "qid": 41,
            "parent_qid": 4,
            "title": "a",
            "question": "Kaffee",
            "question_order": 1,
            "language": "de",
        },
        {
            "qid": 42,
            "parent_qid": 4,
            "title": "b",
            "question": "Tee",
            "question_order": 2,
            "language": "de",
        },
    ),
    rows(
        "answers",
        {
            "qid": 1,
            "code": "A2",
            "answer": "gut &amp; schön",
            "sortorder": 2,
            "language": "de",
            "scale_id": 0,
        },
        {
            "qid": 1,
            "code": "A1",
            "answer": "sehr gut",
            "sortorder": 1,
            "language": "de",
            "scale_id": 0,
        },
        {
            "qid": 1,
            "code": "A1",
            "answer": "very good",
            "sortorder": 1,
            "language": "en",
            "scale_id": 0,
        },
        {
            "qid": 1,
            "code": "A3",
            "answer": "schlecht",
            "sortorder": 3,
            "language": "de",
            "scale_id": 0,
        },
    ),
)
NEW = document(
    rows("surveys", {"sid": 1, "language": "de"}),
    rows("questions", {"qid": 1, "parent_qid": 0, "type": "L", "title": "Q1"}),
    rows(
        "question_l10ns",
        {"id": 1, "qid": 1, "question": "How was it?", "language": "en"},
        {"id": 2, "qid": 1, "question": "Wie war es?", "language": "de"},
    ),
    rows(
        "answers",
        {"aid": 8, "qid": 1, "code": "A1", "sortorder": 1, "scale_id": 0},
        {"aid": 9, "qid": 1, "code": "A2", "sortorder": 2, "scale_id": 0},
    ),
    rows(
        "answer_l10ns",
        {"id": 1, "aid": 8, "answer": "sehr gut", "language": "de"},
        {"id": 2, "aid": 8, "answer": "very good", "language": "en"},
        {"id": 3, "aid": 9, "answer": "gut", "language": "de"},
    ),
)
ANSWERS = "\n".join(
    ["Q1,Q2[a],Q2[b],Q3,Q4[a],Q4[b]"]
    + ["A1,Y,,fein,Y,N"] * 4
    + ["A2,,Y,fein,N,N"] * 3
    + ["A2,Y,Y,,Y,Y"]
).encode()


@pytest.mark.parametrize(
    ("data", "labels"),
    [
        pytest.param(OLD, ["sehr gut", "gut & schön", "schlecht"], id="old"),
        pytest.param(NEW, ["sehr gut", "gut"], id="new"),
    ],
)
def test_codes_become_words_in_the_language_of_the_questionnaire(
    data: bytes, labels: list[str]
) -> None:
    survey = read_earlier_file(ANSWERS, "x.csv")

    question = with_structure(survey, read_structure(data, "x.lss")).question("Q1")

    assert question is not None
    assert question.text == "Wie war es?"
    assert [answer.label for answer in question.answers] == labels
    assert [answer.count for answer in question.answers][:2] == [4, 4]


def test_answers_that_nobody_chose_are_there() -> None:
    survey = with_structure(read_earlier_file(ANSWERS, "x.csv"), read_structure(OLD, "x.lss"))

    question = survey.question("Q1")
    assert question is not None
    assert [(a.value, a.count) for a in question.answers] == [("A1", 4), ("A2", 4), ("A3", 0)]


def test_parts_to_tick_have_their_words_in_order() -> None:
    survey = with_structure(read_earlier_file(ANSWERS, "x.csv"), read_structure(OLD, "x.lss"))

    question = survey.question("Q2")
    assert question is not None
    assert [(a.label, a.count) for a in question.answers] == [
        ("Netze", 5),
        ("Schulen", 4),
        ("Sonstiges", 0),
    ]


def test_columns_that_looked_like_ticks_are_parted_where_each_is_a_question() -> None:
    before = read_earlier_file(ANSWERS, "x.csv").question("Q4")
    survey = with_structure(read_earlier_file(ANSWERS, "x.csv"), read_structure(OLD, "x.lss"))

    assert before is not None
    assert before.manner is Manner.SEVERAL
    coffee = survey.question("Q4[a]")
    assert coffee is not None
    assert coffee.text == "Gab es – Kaffee"
    assert [(a.label, a.count) for a in coffee.answers] == [("Ja", 5), ("Unsicher", 0), ("Nein", 3)]


def test_texts_fall_out() -> None:
    survey = with_structure(read_earlier_file(ANSWERS, "x.csv"), read_structure(OLD, "x.lss"))

    assert survey.question("Q3") is None
    assert "Q3" in survey.passed_over


def test_exports_with_words_as_answers_are_completed_in_words() -> None:
    data = "\n".join(["Q1", *["sehr gut"] * 5, *["schlecht"] * 2]).encode()

    survey = with_structure(read_earlier_file(data, "x.csv"), read_structure(OLD, "x.lss"))

    question = survey.question("Q1")
    assert question is not None
    assert [(a.value, a.count) for a in question.answers] == [
        ("sehr gut", 5),
        ("gut & schön", 0),
        ("schlecht", 2),
    ]


@pytest.mark.parametrize("section", ["answers", "subquestions"])
def test_what_is_ranked_has_its_words(section: str) -> None:
    """Version 6 keeps it among the parts of the question, older ones among the answers."""
    data = document(
        rows("questions", {"qid": 1, "parent_qid": 0, "type": "R", "title": "T", "question": "?"}),
        rows(
            section,
            {
                "qid": 1,
                "parent_qid": 1,
                "code": "B1",
                "title": "B1",
                "answer": "Netze",
                "question": "Netze",
            },
            {
                "qid": 1,
                "parent_qid": 1,
                "code": "B2",
                "title": "B2",
                "answer": "Dörfer",
                "question": "Dörfer",
            },
        ),
    )
    answers = "\n".join(["T[1],T[2]", *["B1,B2"] * 4, *["B2,B1"] * 2]).encode()

    survey = with_structure(read_earlier_file(answers, "x.csv"), read_structure(data, "x.lss"))

    question = survey.question("T")
    assert question is not None
    assert [(a.label, a.count, a.first) for a in question.answers] == [
        ("Netze", 6, 4),
        ("Dörfer", 6, 2),
    ]


@pytest.mark.proves("S11")
@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"id;Q1\n1;A1\n", id="no XML"),
        pytest.param(b"<document/>", id="no questions"),
        pytest.param(OLD[:-20], id="cut off"),
        pytest.param(
            b'<!DOCTYPE d [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;">]><document>&b;</document>',
            id="entities",
        ),
        pytest.param(
            b'<!DOCTYPE d SYSTEM "file:///etc/passwd"><document/>', id="document type elsewhere"
        ),
        pytest.param(b"<a>" * 5000 + b"</a>" * 5000, id="deep"),
        pytest.param(b'<?xml version="1.0" encoding="none-such"?><document/>', id="encoding"),
    ],
)
def test_what_is_no_structure_is_refused(data: bytes) -> None:
    with pytest.raises(FileRefused):
        read_structure(data, "x.lss")


texts = st.text(
    st.characters(exclude_characters="<>&\x00", exclude_categories=["Cs", "Cc"]), max_size=6
)


@given(
    st.lists(
        st.fixed_dictionaries(
            {},
            optional={
                "qid": texts,
                "parent_qid": st.sampled_from(["", "0", "1"]),
                "type": st.sampled_from([*"LMFCR1YT5", ""]),
                "title": st.sampled_from(["Q1", "Q2", "a", ""]),
                "question": texts,
                "code": texts,
                "aid": texts,
                "answer": texts,
                "sortorder": texts,
                "language": texts,
                "scale_id": texts,
            },
        ),
        max_size=6,
    )
)
def test_whatever_the_structure_says_the_counts_stay(found: list[dict[str, object]]) -> None:
    data = document(
        rows("questions", *found), rows("subquestions", *found), rows("answers", *found)
    )
    survey = read_earlier_file(ANSWERS, "x.csv")
    before = sum(a.count for a in survey.questions[0].answers)

    with suppress(FileRefused):
        known = with_structure(survey, read_structure(data, "x.lss"))

        question = known.question("Q1")
        assert question is None or sum(a.count for a in question.answers) == before
