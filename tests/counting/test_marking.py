from __future__ import annotations

import pytest

from survey.marking import find_marks, name_index, without_role
from survey.model.tally import Mark, MarkKind

NAMES = name_index(
    ["Meier, Anna", "Dr. Jörg Müller-Lüdenscheidt", "Li Wu", "Śliwa", "Ed", "Ida von der Au"]
)


def _marked(text: str) -> list[tuple[str, MarkKind]]:
    return [(text[m.start : m.end], m.kind) for m in find_marks(text, NAMES)]


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("schreiben an a.b+c@stadt-x.de bitte", [("a.b+c@stadt-x.de", MarkKind.MAIL)]),
        ("siehe https://x.test/a?b=1 dort", [("https://x.test/a?b=1", MarkKind.WEB)]),
        ("auf www.stadt-x.de", [("www.stadt-x.de", MarkKind.WEB)]),
        ("auf stadt-x.de/info steht", [("stadt-x.de/info", MarkKind.WEB)]),
        ("DE02 1203 0000 0000 2020 51", [("DE02 1203 0000 0000 2020 51", MarkKind.IBAN)]),
        ("rufen Sie 030 90227-5050 an", [("030 90227-5050", MarkKind.PHONE)]),
        ("mobil +49 171 1234567.", [("+49 171 1234567", MarkKind.PHONE)]),
        ("folgt @stadt_x", [("@stadt_x", MarkKind.ACCOUNT)]),
        ("Frau Dr. Schulze war gut", [("Frau Dr. Schulze", MarkKind.SALUTATION)]),
        ("bei Herrn von Stein", [("Herrn von Stein", MarkKind.SALUTATION)]),
        ("Herrn Stein von Kamp", [("Herrn Stein von Kamp", MarkKind.SALUTATION)]),
        ("der Vortrag von Prof. Kühn", [("Prof. Kühn", MarkKind.SALUTATION)]),
        ("anna hat moderiert", [("anna", MarkKind.NAME)]),
        ("Meiers Vortrag", [("Meiers", MarkKind.NAME)]),
        ("Mueller sprach", [("Mueller", MarkKind.NAME)]),
        ("Ludenscheidt sprach", [("Ludenscheidt", MarkKind.NAME)]),
        ("Meyer sprach, Maier auch", [("Meyer", MarkKind.NAME), ("Maier", MarkKind.NAME)]),
        ("meiner Meinung nach sehr gut", []),
        ("Sliwa", [("Sliwa", MarkKind.NAME)]),
        ("und jetzt Ed", []),
        ("Sehr gut: 10 von 10 Punkten, 2. Runde um 14:30 Uhr", []),
        ("Vorträge von der Bühne und für alle", []),
        ("von Ida", [("Ida", MarkKind.NAME)]),
        ("", []),
    ],
)
@pytest.mark.proves("U41")
def test_what_may_tell_a_person_is_marked(text: str, marked: list[tuple[str, MarkKind]]) -> None:
    assert _marked(text) == marked


def test_a_mark_inside_a_longer_one_is_left_out() -> None:
    assert find_marks("Frau Meier", NAMES) == (Mark(0, 10, MarkKind.SALUTATION),)


@pytest.mark.parametrize(
    ("speaker", "name"),
    [
        ("Dr. Klaus Weichel, Oberbürgermeister der Stadt", "Dr. Klaus Weichel"),
        ("König, Karla", "König, Karla"),
        ("Karla König", "Karla König"),
    ],
)
def test_an_office_is_no_part_of_a_name(speaker: str, name: str) -> None:
    assert without_role(speaker) == name


@pytest.mark.parametrize(
    "start", ["a" * 50_000, "DE02 " * 10_000, "a.de" * 12_000, "Frau " * 10_000]
)
def test_hostile_texts_cost_no_more_than_long_ones(start: str) -> None:
    assert find_marks(start + "!", NAMES) is not None
