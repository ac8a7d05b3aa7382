from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from forms.edition_file import read_edition_file
from forms.questionnaire_library import standard_library
from survey.errors import FileRefused
from survey.language.wording import Wording
from survey.model.event import Breakdown, EditionFormat, EditionKind, Pair
from survey.model.programme import SessionKind

if TYPE_CHECKING:
    from pathlib import Path

MINIMAL = """\
name = "call"
series = "Netzwerk"
title = "Erstes Treffen"
kind = "network_call"
format = "online"
starts = 2020-09-09
deadline = 2020-09-16T18:00:00
organisation = "Netzwerkbüro"
sender = "rueckmeldung@netzwerk.example"
contact = "kontakt@netzwerk.example"
questionnaire = "network_call"
"""
ROUNDS = """
[[rounds]]
code = "round1"
title = "Runde 1"

[[sessions]]
code = "ws01"
title = { de = "Digitale Stadt", en = "Digital town" }
kind = "workshop"
round = "round1"
"""


KEYS = (
    "box_size, breakdown, cell_threshold, contact, contact_name, data_protection_contact, deadline, "
    "disclosure_threshold, ends, format, is_made_up, kind, legal_basis, most_sessions_per_person, name, "
    "next_edition, organisation, pairs, processors, questionnaire, "
    "retention_days, rounds, sender, sender_name, series, sessions, starts, text_readers, title"
)


def refusals(text: str) -> list[tuple[int | None, str, str]]:
    """Line, place and sentence of every problem of a file that has to be refused."""
    with pytest.raises(FileRefused) as refused:
        read_edition_file(text.encode(), "edition.toml")
    return [(p.line, p.place, p.key % p.values()) for p in refused.value.problems]


def test_shortest_file_gives_an_edition_with_the_defaults() -> None:
    edition = read_edition_file(MINIMAL.encode(), "edition.toml")

    assert edition.name == "call"
    assert edition.kind is EditionKind.NETWORK_CALL
    assert edition.format is EditionFormat.ONLINE
    assert edition.starts == edition.ends == date(2020, 9, 9)
    assert edition.deadline == datetime(2020, 9, 16, 16, 0, tzinfo=UTC)
    assert edition.questionnaire == standard_library().questionnaires["network_call"]
    assert (edition.disclosure_threshold, edition.cell_threshold) == (5, 10)
    assert (edition.retention_days, edition.box_size) == (14, 0)


def test_programme_reads_in_its_order() -> None:
    edition = read_edition_file((MINIMAL + ROUNDS).encode(), "edition.toml")

    (session,) = edition.programme.sessions
    assert session.title == Wording("Digitale Stadt", "", "Digital town")
    assert (session.kind, session.round, session.is_rated) == (SessionKind.WORKSHOP, "round1", True)
    assert edition.programme.most_sessions_per_person == 1


def test_deadline_with_an_offset_keeps_its_moment() -> None:
    text = MINIMAL.replace("2020-09-16T18:00:00", "2020-09-16T18:00:00Z")

    assert read_edition_file(text.encode(), "x").deadline == datetime(2020, 9, 16, 18, tzinfo=UTC)


@pytest.mark.parametrize("key", ["sender", "contact"])
def test_mail_needs_plain_letters_before_the_at_sign(key: str) -> None:
    plain = re.sub(rf'{key} = "[^@]*@', f'{key} = "buero@', MINIMAL)

    read_edition_file(plain.encode(), "edition.toml")
    ((_, place, _),) = refusals(plain.replace(f'{key} = "buero@', f'{key} = "büro@'))

    assert place == key


def test_every_problem_is_told_at_once_with_its_line() -> None:
    text = MINIMAL.replace('kind = "network_call"', 'kind = "party"').replace(
        'sender = "rueckmeldung@netzwerk.example"', 'sender = "nirgends"'
    )

    assert refusals(text + "colour = 3\n") == [
        (
            4,
            "kind",
            "„party“ gibt es hier nicht. Möglich sind: congress, network_call, workshop_series, training.",
        ),
        (9, "sender", "„nirgends“ ist keine gültige E-Mail-Adresse."),
        (
            12,
            "colour",
            "„colour“ ist hier unbekannt. Bekannt sind: " + KEYS + ".",
        ),
    ]


ONE_PROBLEM = {
    "missing key": (
        MINIMAL.replace('title = "Erstes Treffen"\n', ""),
        None,
        "title",
        "„title“ fehlt.",
    ),
    "misspelt key": (
        MINIMAL + 'sender_nam = "x"\n',
        12,
        "sender_nam",
        "„sender_nam“ ist hier unbekannt. Meinten Sie „sender_name“?",
    ),
    "text for a date": (
        MINIMAL.replace("starts = 2020-09-09", 'starts = "9.9.2020"'),
        6,
        "starts",
        "„starts“ muss ein Datum sein, zum Beispiel 2020-09-11 (ohne Anführungszeichen).",
    ),
    "end before beginning": (
        MINIMAL.replace("starts = 2020-09-09", "starts = 2020-09-09\nends = 2020-09-08"),
        7,
        "ends",
        "Das Ende („ends“) liegt vor dem Beginn („starts“).",
    ),
    "deadline on the last day": (
        MINIMAL.replace("2020-09-16T18", "2020-09-09T23"),
        7,
        "deadline",
        (
            "Die Frist („deadline“) muss nach dem letzten Tag der Veranstaltung enden, "
            "damit alle Zeit zum Antworten haben."
        ),
    ),
    "name with a space": (
        MINIMAL.replace('"call"', '"das Treffen"'),
        1,
        "name",
        (
            "„das Treffen“ geht nicht als Kurzname: erlaubt sind bis zu 31 kleine Buchstaben (a bis z), Ziffern, "
            "Binde- und Unterstriche, zuerst ein Buchstabe."
        ),
    ),
    "lower disclosure threshold": (
        MINIMAL + "disclosure_threshold = 4\n",
        12,
        "disclosure_threshold",
        "„disclosure_threshold“ muss eine ganze Zahl von 5 bis 100 sein.",
    ),
    "lower cell threshold": (
        MINIMAL + "cell_threshold = 9\n",
        12,
        "cell_threshold",
        "„cell_threshold“ muss eine ganze Zahl von 10 bis 100 sein.",
    ),
    "retention beyond ninety days": (
        MINIMAL + "retention_days = 91\n",
        12,
        "retention_days",
        "„retention_days“ muss eine ganze Zahl von 1 bis 90 sein.",
    ),
    "breakdown by a text": (
        MINIMAL + 'breakdown = "change"\n',
        12,
        "breakdown",
        "„change“ geht hier nicht. Möglich sind: length.",
    ),
    "pair of an item with itself": (
        MINIMAL + '[[pairs]]\nitem = "length"\nby = "length"\n',
        12,
        "pairs[1]",
        "„item“ und „by“ müssen verschiedene Fragen sein.",
    ),
    "unknown questionnaire": (
        MINIMAL.replace('questionnaire = "network_call"', 'questionnaire = "party"'),
        11,
        "questionnaire",
        (
            "Einen Fragebogen „party“ gibt es nicht. Möglich sind: congress, network_call, workshop_series, "
            "training, oder der Name einer Datei, die auf .toml endet."
        ),
    ),
    "questionnaire in another folder": (
        MINIMAL.replace('questionnaire = "network_call"', 'questionnaire = "../secret.toml"'),
        11,
        "questionnaire",
        "Die Datei „../secret.toml“ muss neben der Datei der Ausgabe liegen.",
    ),
    "unknown round": (
        MINIMAL
        + ROUNDS.replace('round = "round1"', 'round = "round9"')
        + ROUNDS.split("[[sessions]]")[1].join(("\n[[sessions]]", "")).replace("ws01", "ws02"),
        21,
        "sessions[1].round",
        "Eine Runde „round9“ gibt es nicht. Es gibt: round1.",
    ),
    "reserved item code": (
        MINIMAL.replace(
            'questionnaire = "network_call"',
            '[[questionnaire.sections]]\ncode = "s"\nheading = "S"\n'
            'items = [\n  { code = "elsewhere", kind = "yes_no", wording = "?" },\n]',
        ),
        15,
        "questionnaire.sections[1].items[1].code",
        "„elsewhere“ ist vergeben. Wählen Sie ein anderes Wort.",
    ),
    "rating of one point": (
        MINIMAL.replace(
            'questionnaire = "network_call"',
            '[[questionnaire.sections]]\ncode = "s"\nheading = "S"\n\n[[questionnaire.sections.items]]\n'
            'code = "a"\nkind = "rating"\nwording = "?"\nchoices = [{ code = "1", label = "gut" }]',
        ),
        19,
        "questionnaire.sections[1].items[1].choices",
        "Eine Skala hat 2 bis 7 Stufen, die beste zuerst. Hier sind es 1.",
    ),
    "recording without encryption": (
        MINIMAL + ROUNDS + 'recording = "http://video.example/1"\n',
        22,
        "sessions[1].recording",
        "„http://video.example/1“ ist kein vollständiger Link, der mit https:// beginnt.",
    ),
    "session code twice": (
        MINIMAL + ROUNDS + ROUNDS.split("\n\n", 1)[1],
        22,
        "sessions[2]",
        "Den Code „ws01“ gibt es mehrmals. Jeder Code darf nur einmal vorkommen.",
    ),
    "more sessions than rounds": (
        MINIMAL + "most_sessions_per_person = 2\n" + ROUNDS,
        12,
        "most_sessions_per_person",
        "„most_sessions_per_person“ muss eine ganze Zahl von 1 bis 1 sein.",
    ),
    "two lines in a title": (
        MINIMAL.replace('"Erstes Treffen"', '"Erstes\\nTreffen"'),
        3,
        "title",
        "„title“ enthält Zeilenumbrüche oder unsichtbare Zeichen.",
    ),
    "text without its end": (
        MINIMAL + 'sender_name = "Netz\n',
        12,
        "",
        "In diesem Text steht ein verbotenes Zeichen (zum Beispiel ein Zeilenumbruch).",
    ),
    "entry twice": (MINIMAL + 'name = "b"\n', 12, "", "Ein Eintrag steht doppelt da."),
    "next edition before this one": (
        MINIMAL
        + '[next_edition]\ntitle = "x"\nstarts = 2020-09-01T10:00:00\nends = 2020-09-01T12:00:00\n',
        14,
        "next_edition.starts",
        "Die nächste Ausgabe muss nach dieser stattfinden.",
    ),
}


@pytest.mark.parametrize(
    ("text", "line", "place", "sentence"), ONE_PROBLEM.values(), ids=ONE_PROBLEM
)
def test_one_mistake_is_one_problem_at_its_line(
    text: str, line: int | None, place: str, sentence: str
) -> None:
    assert refusals(text) == [(line, place, sentence)]


@pytest.mark.parametrize(
    "data",
    [b"\xff\xfe\x00", b"a = " + b"[" * 5000, b"a = 1" + b"0" * 5000, b"#" * 300_000, b"\x00"],
    ids=["not UTF-8", "deep nesting", "huge number", "too large", "binary"],
)
def test_hostile_file_is_refused(data: bytes) -> None:
    with pytest.raises(FileRefused) as refused:
        read_edition_file(data, "edition.toml")

    assert len(refused.value.problems) == 1


def test_too_long_questionnaire_does_not_fit_its_box() -> None:
    items = "".join(
        f'[[questionnaire.sections.items]]\ncode = "t{n}"\nkind = "long_text"\nwording = "?"\nlimit = 4000\n'
        for n in range(5)
    )
    text = MINIMAL.replace(
        'questionnaire = "network_call"',
        '[[questionnaire.sections]]\ncode = "s"\nheading = "S"\n' + items,
    )

    ((line, place, sentence),) = refusals(text)
    assert (line, place) == (11, "questionnaire")
    assert "80" in sentence


@pytest.mark.parametrize(("ticks", "is_taken"), [(20, True), (21, False)])
def test_form_of_more_fields_than_a_page_takes_is_refused(ticks: int, *, is_taken: bool) -> None:
    def question(code: str, ticks: int) -> str:
        labels = ", ".join(f'{{ code = "c{n}", label = "Wahl {n}" }}' for n in range(ticks))
        return (
            f'[[questionnaire.sections.items]]\ncode = "{code}"\nkind = "multiple_choice"\n'
            f'wording = "?"\nchoices = [{labels}]\n'
        )

    text = MINIMAL.replace(
        'questionnaire = "network_call"',
        '[[questionnaire.sections]]\ncode = "s"\nheading = "S"\n'
        + "".join(question(f"q{n}", 20) for n in range(8))
        + question("last", ticks),
    )

    if is_taken:
        assert read_edition_file(text.encode(), "edition.toml").name == "call"
    else:
        ((line, place, sentence),) = refusals(text)
        assert (line, place) == (11, "questionnaire")
        assert "181" in sentence


def test_standard_questionnaire_can_be_shortened_and_extended() -> None:
    text = MINIMAL.replace('questionnaire = "network_call"\n', "") + (
        '[questionnaire]\nfrom = "network_call"\nleave_out = ["length", "talks"]\n\n'
        '[[questionnaire.add]]\nsection = "impression"\nafter = "overall"\nuse = "technology"\n\n'
        '[[questionnaire.add]]\nsection = "own_words"\ncode = "idea"\nkind = "short_text"\nwording = "Eine Idee?"\n'
    )

    questionnaire = read_edition_file(text.encode(), "edition.toml").questionnaire

    assert [[i.code for i in s.items] for s in questionnaire.sections] == [
        ["overall", "technology", "contributions", "exchange"],
        ["focus_next", "guest_talks_wanted"],
        ["change", "idea"],
    ]


def test_questionnaire_may_lie_in_a_file_beside_the_edition(tmp_path: Path) -> None:
    edition = tmp_path / "edition.toml"
    edition.write_text(
        MINIMAL.replace('"network_call"\n', '"own.toml"\n').replace(
            'kind = "own.toml"', 'kind = "network_call"'
        )
    )
    own = tmp_path / "own.toml"
    own.write_text(
        '[[sections]]\ncode = "s"\nheading = "S"\nitems = [{ use = "overall", required = true }]\n'
    )

    (item,) = read_edition_file(edition).questionnaire.general_items()

    assert (item.code, item.is_required) == ("overall", True)


def test_problems_of_a_questionnaire_beside_name_its_file_and_line(tmp_path: Path) -> None:
    edition = tmp_path / "edition.toml"
    edition.write_text(
        MINIMAL.replace('questionnaire = "network_call"', 'questionnaire = "own.toml"')
    )
    (tmp_path / "own.toml").write_text(
        '[[sections]]\ncode = "s"\nheading = "S"\nitems = [{ use = "overal" }]\n'
    )

    with pytest.raises(FileRefused) as refused:
        read_edition_file(edition)

    assert [(p.line, p.place) for p in refused.value.problems] == [
        (None, "own.toml:4 sections[1].items[1].use")
    ]


def test_breakdown_and_pairs_name_closed_general_items() -> None:
    text = MINIMAL.replace('questionnaire = "network_call"', 'questionnaire = "congress"') + (
        'breakdown = "municipality_size"\n[[pairs]]\nitem = "next_format"\nby = "overall"\n'
    )

    edition = read_edition_file(text.encode(), "edition.toml")

    assert edition.breakdown == Breakdown("municipality_size")
    assert edition.pairs == (Pair("next_format", "overall"),)


def test_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileRefused):
        read_edition_file(tmp_path / "nothing.toml")
