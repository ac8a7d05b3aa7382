"""Makes the registration lists beside it: people who do not exist, in municipalities that do not exist.

Run ``python docs/examples/make_lists.py``; the seed is fixed, so the lists come out the same each time. They differ
in form on purpose, the way registration tools and spreadsheets do.
"""
# ruff: noqa: INP001 -- a single file to run, no package
# ruff: noqa: S311 -- made-up people need a seed, not secrecy
# ruff: noqa: SIM905 -- eighty names read better as a text than as a list

from __future__ import annotations

import csv
import io
import random
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import xlsxwriter

from forms.edition_file import read_edition_file

FOLDER = Path(__file__).parent
SEED = 2020
MADE_UP = "Erfundene Personen zum Ausprobieren. Alle Namen und Adressen sind ausgedacht."
FIRST_NAMES = (
    "Anna Andreas Ayşe Barbara Bernd Birgit Björn Carla Christoph Dagmar David Doris Elif Emma Erik Eva Fatma Felix "
    "Frank Gabi Georg Günter Hannah Heike Holger Ines Ingo Irina Jörg Jürgen Julia Jonas Katrin Kerstin Klaus Lara "
    "Lars Lena Luise Manuela Marie Marko Matthias Mehmet Mia Michaela Nadine Nele Nils Olaf Oskar Özlem Paula Peter "
    "Petra Ralf Regina Rüdiger Sabine Samir Sigrid Sören Stefan Susanne Svenja Thomas Tobias Ulrike Uwe Vera Viktor "
    "Volker Walter Xenia Yusuf Yvonne Zoé"
).split()
LAST_NAMES = (
    "Ackermann Albrecht Bäcker Baumann Becker Böhm Brandt Brückner Busch Çelik Daume Dietz Döring Ebert Engel Ernst "
    "Faßbender Fischer Förster Frank Fuchs Gärtner Göbel Graf Groß Günther Haas Hahn Häfner Heß Hofmann Horn Jäger "
    "Jansen Kaiser Kaya Keller Klein Köhler König Krämer Kraus Krüger Lang Lehmann Löffler Lorenz Ludwig Maier Marx "
    "Meißner Möller Müller Neumann Nowak Öztürk Otto Pfeiffer Pohl Preuß Reuter Richter Rößler Roth Sauer Schäfer "
    "Schmitz Schön Schröder Schütz Schwarz Seidel Simon Sommer Stein Süß Thielen Thoma Ullrich Vogel Vogt Voß Wagner "
    "Weiß Wendel Winkler Wolf Yıldız Zeller Ziegler"
).split()
PLACES = (
    "Adlerfels Ahrental Birkenfels Blumenfels Bruchau Dahlweiler Dörnbach Eichenroth Erlenthal Eulental Felsweiler "
    "Finkental Föhrenbach Gansheim Goldental Grünstetten Hahnenfels Haselroth Hirschweiler Höhenau Holderau "
    "Kirschental Königsau Kranichstein Kreuzweiler Lärchenau Lindenroth Löwenfels Mandelheim Marderbach Mühlental "
    "Nebelstein Nussweiler Obstheim Otterau Pappelbach Quellenroth Rebental Rehweiler Rosenfels Rübental Sandheim "
    "Schlehenau Schwanbrück Silberroth Sonnenthal Spechtweiler Steinbrück Talweiler Tannenfels Traubenau Ulmenroth "
    "Veilchental Wacholderau Waldbrück Weidenroth Wiesenroth Zanderbach Ziegenfels Zwetschgenau"
).split()
UMLAUTS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ç": "c", "ş": "s", "ı": "i", "é": "e", "ğ": "g"}
)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody made up."""

    number: int
    first: str
    last: str
    address: str
    language: str
    sessions: tuple[str, ...]
    """Titles of the workshops booked, in the order of the rounds; empty texts for rounds left free."""
    was_there: bool


def main() -> None:
    """Writes every list."""
    make_up = random.Random(SEED)
    people = _congress(make_up, "kk2018", 388)
    rows = [(p.number, p.first, p.last, p.address, *p.sessions) for p in people]
    head = ("Anmeldenummer", "Vorname", "Nachname", "E-Mail", "Workshop 1", "Workshop 2")
    _write_csv("kk2018.csv", [(MADE_UP,), (), head, *rows], encoding="cp1252", delimiter=";")
    people = _congress(make_up, "kk2019", 407)
    rows = [
        (
            f"{p.first} {p.last}",
            p.address,
            "; ".join(s for s in p.sessions if s),
            p.language,
            "ja" if p.was_there else "nein",
        )
        for p in people
    ]
    head = ("Name", "E-Mail-Adresse", "Workshops", "Sprache", "Teilgenommen")
    _write_csv("kk2019.csv", [(MADE_UP,), head, *rows], encoding="utf-8-sig", delimiter=";")
    people = _congress(make_up, "kk2020", 420)
    numbered = _numbered("kk2020")
    rows = [
        (
            p.number,
            p.first,
            p.last,
            p.address,
            p.language,
            *(numbered.get(s, "") for s in p.sessions),
        )
        for p in people
    ]
    head = (
        "Anmelde-Nr.",
        "Vorname",
        "Nachname",
        "E-Mail-Adresse",
        "Sprache",
        "Workshop Runde 1",
        "Workshop Runde 2",
    )
    _write_xlsx("kk2020.xlsx", [(MADE_UP,), (), head, *rows])
    _calls(make_up)


def _congress(make_up: random.Random, edition: str, size: int) -> list[Person]:
    programme = read_edition_file(FOLDER / f"{edition}.toml").programme
    offers = {r.code: [s.title.de for s in programme.of_round(r.code)] for r in programme.rounds}
    liking = {title: make_up.uniform(1, 4) for titles in offers.values() for title in titles}
    people = []
    for number, (first, last, address) in enumerate(_crowd(make_up, size), 1001):
        booked = {"both": 0.72, "first": 0.11, "second": 0.09, "none": 0.08}
        choice = make_up.choices(list(booked), list(booked.values()))[0]
        sessions = tuple(
            make_up.choices(titles, [liking[t] for t in titles])[0]
            if choice in ("both", which)
            else ""
            for which, titles in zip(("first", "second"), offers.values(), strict=True)
        )
        language = make_up.choices(("de", "en", "Leichte Sprache"), (0.96, 0.02, 0.02))[0]
        was_there = make_up.random() < 0.93  # noqa: PLR2004 -- about one in fourteen stays away
        people.append(Person(number, first, last, address, language, sessions, was_there))
    return people


def _numbered(edition: str) -> dict[str, str]:
    """Titles as registration tools print them: ``3. Title``."""
    workshops = [
        s for s in read_edition_file(FOLDER / f"{edition}.toml").programme.sessions if s.round
    ]
    return {s.title.de: f"{number}. {s.title.de}" for number, s in enumerate(workshops, 1)}


def _crowd(make_up: random.Random, size: int) -> list[tuple[str, str, str]]:
    """First name, last name and address; a tenth share the mailbox of their town hall."""
    kinds = ("gemeinde", "vg", "stadt", "kreis")
    halls = [f"{make_up.choice(kinds)}-{_plain(place)}.example" for place in PLACES]
    crowd: dict[tuple[str, str], str] = {}
    while len(crowd) < size:
        first, last = make_up.choice(FIRST_NAMES), make_up.choice(LAST_NAMES)
        hall = make_up.choice(halls)
        personal = f"{_plain(first)}.{_plain(last)}"
        shared = make_up.random() < 0.1  # noqa: PLR2004 -- a tenth
        crowd.setdefault((first, last), f"{'poststelle' if shared else personal}@{hall}")
    return [(first, last, address) for (first, last), address in crowd.items()]


def _calls(make_up: random.Random) -> None:
    """Calls of a network of ten towns: mostly the same people, a few more each time."""
    towns = [f"stadt-{_plain(place)}.example" for place in make_up.sample(PLACES, 10)]
    names = make_up.sample([(f, n) for f in FIRST_NAMES for n in LAST_NAMES], 26)
    members = [
        (f"{first} {last}", f"{_plain(first)}.{_plain(last)}@{towns[at % len(towns)]}")
        for at, (first, last) in enumerate(names)
    ]
    head = ("Name", "E-Mail")
    for call, size in (("ikone-1", 19), ("ikone-2", 21), ("ikone-3", 22), ("ikone-4", 23)):
        there = sorted(make_up.sample(range(size + 3), size)) if call != "ikone-2" else range(size)
        rows = [members[at] for at in there]
        _write_csv(f"{call}.csv", [(MADE_UP,), head, *rows], encoding="utf-8", delimiter=",")


def _plain(name: str) -> str:
    return name.lower().translate(UMLAUTS)


def _write_csv(name: str, rows: list[tuple[object, ...]], *, encoding: str, delimiter: str) -> None:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    said = text.getvalue()
    if encoding == "cp1252":
        said = said.translate(str.maketrans("şışğŞİ", "sisgSI"))  # the old code page has no Turkish
    (FOLDER / name).write_bytes(said.encode(encoding))


def _write_xlsx(name: str, rows: list[tuple[object, ...]]) -> None:
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    book.set_properties({"created": datetime(2020, 9, 1, tzinfo=UTC), "comments": MADE_UP})
    sheet = book.add_worksheet("Anmeldungen")
    for at, row in enumerate(rows):
        sheet.write_row(at, 0, row)
    book.close()
    (FOLDER / name).write_bytes(content.getvalue())


if __name__ == "__main__":
    main()
