"""Makes the files of two congresses that were asked with other tools: all answers and numbers are made up.

Run ``python docs/examples/make_earlier.py``; the seed is fixed, so the files come out the same each time. For 2016
there is what LimeSurvey exports (responses as CSV with codes, and the structure), for 2017 a workbook of frequencies.
"""
# ruff: noqa: INP001 -- a single file to run, no package
# ruff: noqa: S311 -- made-up answers need a seed, not secrecy

from __future__ import annotations

import csv
import io
import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.sax.saxutils import escape

import xlsxwriter

FOLDER = Path(__file__).parent
SEED = 2016
SURVEY = 261609
MADE_UP = "Erfundene Zahlen zum Ausprobieren. Niemand hat so geantwortet."
GOOD = (
    ("A1", "Sehr gut"),
    ("A2", "Gut"),
    ("A3", "Teils gut, teils schlecht"),
    ("A4", "Schlecht"),
    ("A5", "Sehr schlecht"),
)
LENGTH = (("A1", "Zu kurz"), ("A2", "Genau richtig"), ("A3", "Zu lang"))
SIZE = (
    ("A1", "Unter 5.000 Einwohnerinnen und Einwohner"),
    ("A2", "5.000 bis unter 20.000"),
    ("A3", "20.000 und mehr"),
    ("A4", "Ich arbeite nicht für eine Kommune"),
)
TEN = tuple((str(n), str(n)) for n in range(11))
TOPICS = (
    ("SQ001", "Breitband und Netze"),
    ("SQ002", "Digitale Verwaltung"),
    ("SQ003", "Ehrenamt"),
    ("SQ004", "Digitale Dörfer"),
    ("SQ005", "Fördermittel"),
)
REMARKS = ("Weiter so!", "Mehr Zeit zum Reden.", "Bitte näher am Bahnhof.", "Die Räume waren warm.")


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of 2016 as LimeSurvey sets it up."""

    code: str
    kind: str
    text: str
    answers: tuple[tuple[str, str], ...] = ()
    parts: tuple[tuple[str, str], ...] = ()
    weights: tuple[float, ...] = ()
    answered: float = 0.97


QUESTIONS = (
    Asked(
        "gesamt",
        "L",
        "<p>Wie bewerten Sie die Veranstaltung insgesamt?</p>",
        GOOD,
        weights=(22, 42, 24, 9, 3),
    ),
    Asked(
        "empfehl",
        "L",
        "Wie wahrscheinlich ist es, dass Sie die Veranstaltung weiterempfehlen?",
        TEN,
        weights=(1, 1, 2, 3, 3, 8, 9, 18, 24, 16, 15),
        answered=0.93,
    ),
    Asked(
        "einzeln",
        "F",
        "Wie bewerten Sie …",
        GOOD,
        parts=(
            ("inhalt", "die Inhalte?"),
            ("orga", "die Organisation?"),
            ("technik", "die Technik?"),
            ("austausch", "den Austausch mit anderen Teilnehmenden?"),
        ),
        weights=(24, 40, 23, 9, 4),
        answered=0.95,
    ),
    Asked("laenge", "L", "Wie war die Länge der Veranstaltung?", LENGTH, weights=(9, 70, 21)),
    Asked("themen", "M", "Welche Themen wünschen Sie sich für das nächste Mal?", parts=TOPICS),
    Asked("bemerk", "T", "Was möchten Sie uns noch sagen?", answered=0.2),
    Asked(
        "groesse",
        "L",
        "Wie groß ist die Kommune, für die Sie arbeiten?",
        SIZE,
        weights=(30, 36, 22, 12),
        answered=0.9,
    ),
)

FREQUENCIES_2017: tuple[tuple[str, int, tuple[tuple[str, int], ...]], ...] = (
    (
        "Wie bewerten Sie die Veranstaltung insgesamt?",
        152,
        (
            ("Sehr gut", 36),
            ("Gut", 66),
            ("Teils gut, teils schlecht", 34),
            ("Schlecht", 12),
            ("Sehr schlecht", 4),
        ),
    ),
    (
        "Wie wahrscheinlich ist es, dass Sie die Veranstaltung weiterempfehlen?",
        147,
        tuple((str(n), count) for n, count in enumerate((1, 1, 2, 4, 4, 11, 12, 25, 38, 26, 23))),
    ),
    (
        "Wie bewerten Sie die Inhalte?",
        150,
        (
            ("Sehr gut", 39),
            ("Gut", 64),
            ("Teils gut, teils schlecht", 30),
            ("Schlecht", 12),
            ("Sehr schlecht", 5),
        ),
    ),
    (
        "Wie bewerten Sie die Organisation?",
        151,
        (
            ("Sehr gut", 44),
            ("Gut", 66),
            ("Teils gut, teils schlecht", 27),
            ("Schlecht", 9),
            ("Sehr schlecht", 5),
            ("Keine Angabe", 2),
        ),
    ),
    (
        "Welche Schulnote geben Sie der Technik?",
        149,
        (("1", 21), ("2", 52), ("3", 41), ("4", 20), ("5", 11), ("6", 4)),
    ),
    (
        "Wie war die Länge der Veranstaltung?",
        150,
        (("Zu kurz", 11), ("Genau richtig", 104), ("Zu lang", 35)),
    ),
)
INVITED_2017 = 379


def main() -> None:
    """Writes every file."""
    make_up = random.Random(SEED)
    _write_responses(make_up)
    _write_structure()
    _write_frequencies()


def _write_responses(make_up: random.Random) -> None:
    head = ["id", "submitdate", "lastpage", "startlanguage", "seed"]
    for asked in QUESTIONS:
        head += [f"{asked.code}[{part}]" for part, _ in asked.parts] or [asked.code]
    rows = []
    sent = datetime(2016, 9, 19, 8, 0, tzinfo=UTC)
    for number in range(1, 156):
        sent += timedelta(minutes=make_up.randint(3, 95))
        is_sent = make_up.random() < 0.92  # noqa: PLR2004 -- some never come to the end
        row = [
            str(number),
            f"{sent:%Y-%m-%d %H:%M:%S}" if is_sent else "",
            "3" if is_sent else "1",
            "de",
            str(make_up.randint(10**8, 10**9)),
        ]
        for asked in QUESTIONS:
            row += _answers(make_up, asked)
        rows.append(row)
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerows([head, *rows])
    (FOLDER / "kk2016-limesurvey.csv").write_text(text.getvalue(), encoding="utf-8-sig", newline="")


def _answers(make_up: random.Random, asked: Asked) -> list[str]:
    if asked.kind == "M":
        likings = (0.42, 0.48, 0.21, 0.37, 0.3)
        return [
            "Y" if make_up.random() < liking else ""
            for _, liking in zip(asked.parts, likings, strict=True)
        ]
    found = []
    for _ in asked.parts or ("",):
        if make_up.random() > asked.answered:
            found.append("")
        elif asked.kind == "T":
            found.append(make_up.choice(REMARKS))
        else:
            codes = [code for code, _ in asked.answers]
            found.append(make_up.choices(codes, asked.weights)[0])
    return found


def _write_structure() -> None:
    questions: list[dict[str, object]] = []
    parts: list[dict[str, object]] = []
    answers: list[dict[str, object]] = []
    for at, asked in enumerate(QUESTIONS, 1):
        qid = 100 + at
        questions.append(
            _row(
                qid=qid, parent_qid=0, kind=asked.kind, title=asked.code, text=asked.text, order=at
            )
        )
        for nth, (code, said) in enumerate(asked.parts, 1):
            parts.append(
                _row(qid=qid * 10 + nth, parent_qid=qid, kind="T", title=code, text=said, order=nth)
            )
        for nth, (code, said) in enumerate(asked.answers, 1):
            answers.append(
                {
                    "qid": qid,
                    "code": code,
                    "answer": said,
                    "sortorder": nth,
                    "assessment_value": 0,
                    "language": "de",
                    "scale_id": 0,
                }
            )
    title = {
        "surveyls_survey_id": SURVEY,
        "surveyls_language": "de",
        "surveyls_title": "Kommunalkongress 2016 (erfunden)",
    }
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        "<document>",
        " <LimeSurveyDocType>Survey</LimeSurveyDocType>",
        " <DBVersion>258</DBVersion>",
        " <languages>",
        "  <language>de</language>",
        " </languages>",
        *_section("answers", answers),
        *_section("questions", questions),
        *_section("subquestions", parts),
        *_section("surveys", [{"sid": SURVEY, "language": "de"}]),
        *_section("surveys_languagesettings", [title]),
        "</document>",
    ]
    (FOLDER / "kk2016-limesurvey.lss").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _row(
    *, qid: int, parent_qid: int, kind: str, title: str, text: str, order: int
) -> dict[str, object]:
    return {
        "qid": qid,
        "parent_qid": parent_qid,
        "sid": SURVEY,
        "gid": 1,
        "type": kind,
        "title": title,
        "question": text,
        "other": "N",
        "mandatory": "N",
        "question_order": order,
        "language": "de",
        "scale_id": 0,
    }


def _section(name: str, rows: list[dict[str, object]]) -> list[str]:
    lines = [f" <{name}>", "  <fields>"]
    lines += [f"   <fieldname>{field}</fieldname>" for field in rows[0]]
    lines += ["  </fields>", "  <rows>"]
    for row in rows:
        lines.append("   <row>")
        for field, value in row.items():
            said = f"<![CDATA[{value}]]>" if "<" in str(value) else escape(str(value))
            lines.append(f"    <{field}>{said}</{field}>")
        lines.append("   </row>")
    return [*lines, "  </rows>", f" </{name}>"]


def _write_frequencies() -> None:
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    book.set_properties({"created": datetime(2017, 10, 2, tzinfo=UTC), "comments": MADE_UP})
    sheet = book.add_worksheet("Häufigkeiten")
    sheet.write_row(0, 0, ("Kommunalkongress 2017: Häufigkeiten",))
    sheet.write_row(1, 0, (MADE_UP,))
    sheet.write_row(3, 0, ("Frage", "Antwort", "Anzahl", "n", "N"))
    at = 4
    for question, answered, counts in FREQUENCIES_2017:
        for nth, (answer, count) in enumerate(counts):
            first = (question, answer, count, answered, INVITED_2017)
            sheet.write_row(at, 0, first if nth == 0 else ("", answer, count))
            at += 1
    book.close()
    (FOLDER / "kk2017-haeufigkeiten.xlsx").write_bytes(content.getvalue())


if __name__ == "__main__":
    main()
