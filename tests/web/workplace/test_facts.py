"""All facts of an edition: read, changed in groups, frozen with a reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from survey import housekeeping
from survey.installation import Installation
from survey.model.event import EditionFormat, NextEdition, Pair
from survey.preparing import edition_of
from tests.events import congress
from tests.people import open_edition, store_edition
from tests.workplace import Workplace

START = "/arbeit/ausgaben/kk2020/angaben"
GROUPS = ("veranstaltung", "tage", "absender", "datenschutz", "auswertung", "naechste")


@pytest.fixture
def planned(workplace: Workplace, inst: Installation) -> Workplace:
    """With the congress planned."""
    store_edition(inst, congress())
    return workplace


@pytest.fixture
def opened(workplace: Workplace, inst: Installation) -> Workplace:
    """With the congress open."""
    open_edition(inst, store_edition(inst, congress()))
    return workplace


def test_all_facts_are_read_on_one_page(planned: Workplace) -> None:
    page = planned.olga.get(START)

    assert page.heading == "Angaben"
    for text in (
        "kongress@example.org",
        "Freitag, 11. September 2020",
        "5 Menschen",
        "Frau Fröhlich",
    ):
        assert text in page.text()
    assert planned.paul.get(START).status == 404
    assert planned.frieda.get(START).status == 404


@pytest.mark.parametrize(
    ("group", "typed", "expected"),
    [
        (
            "veranstaltung",
            {"title": " Kongress ", "series": "kk", "format": "hybrid", "is_made_up": "no"},
            {
                "title": "Kongress",
                "series": "kk",
                "format": EditionFormat.HYBRID,
                "is_made_up": False,
            },
        ),
        (
            "tage",
            {"ends-day": "12", "deadline-day": "30", "deadline-time": "12.30"},
            {"ends": date(2020, 9, 12), "deadline": datetime(2020, 9, 30, 10, 30, tzinfo=UTC)},
        ),
        (
            "absender",
            {"sender_name": "Team", "text_readers": ""},
            {"sender_name": "Team", "text_readers": ""},
        ),
        (
            "datenschutz",
            {"processors": "Rechenzentrum", "retention_days": "30"},
            {"processors": "Rechenzentrum", "retention_days": 30},
        ),
        (
            "auswertung",
            {
                "disclosure_threshold": "7",
                "breakdown": "",
                "pair1_item": "next_format",
                "pair1_by": "size",
            },
            {
                "disclosure_threshold": 7,
                "breakdown": None,
                "pairs": (Pair("next_format", "size"),),
            },
        ),
        (
            "naechste",
            {
                "next_title": "Kommunalkongress 2021",
                "next_starts-day": "10",
                "next_starts-month": "9",
                "next_starts-year": "2021",
                "next_starts-time": "9:00",
                "next_ends-day": "10",
                "next_ends-month": "9",
                "next_ends-year": "2021",
                "next_ends-time": "17",
                "next_place": "Mainz",
            },
            {
                "next_edition": NextEdition(
                    "Kommunalkongress 2021",
                    datetime(2021, 9, 10, 7, tzinfo=UTC),
                    datetime(2021, 9, 10, 15, tzinfo=UTC),
                    "Mainz",
                )
            },
        ),
    ],
    ids=GROUPS,
)
def test_a_group_is_changed_and_everything_else_stays(
    planned: Workplace,
    inst: Installation,
    group: str,
    typed: dict[str, str],
    expected: dict[str, object],
) -> None:
    before = edition_of(inst, "main", "kk2020").edition
    page = planned.olga.get(f"{START}/{group}")

    done = planned.olga.press(page, f"{START}/{group}", "Speichern", typed)

    assert (done.status, done.location) == (303, START)
    assert edition_of(inst, "main", "kk2020").edition == replace(before, **expected)  # type: ignore[arg-type]
    assert "Gespeichert." in planned.olga.get(START).text()


@pytest.mark.parametrize("group", GROUPS)
def test_saving_a_group_untouched_changes_nothing(
    planned: Workplace, inst: Installation, group: str
) -> None:
    before = edition_of(inst, "main", "kk2020")
    page = planned.olga.get(f"{START}/{group}")

    done = planned.olga.press(page, f"{START}/{group}", "Speichern")

    assert done.status == 303
    assert edition_of(inst, "main", "kk2020") == before
    assert "Es hat sich nichts geändert." in planned.olga.get(START).text()


@pytest.mark.parametrize(
    ("group", "typed", "said"),
    [
        ("veranstaltung", {"title": ""}, "Geben Sie der Ausgabe einen Titel."),
        ("veranstaltung", {"kind": "ball"}, "Wählen Sie, was es ist."),
        ("veranstaltung", {"title": "a\u202eb"}, "unsichtbare Zeichen"),
        ("tage", {"starts-year": "zwanzig"}, "Den ersten Tag gibt es so nicht."),
        ("tage", {"deadline-day": "11"}, "Die Frist muss nach dem letzten Tag"),
        ("absender", {"contact": "büro@"}, "„büro@“ ist keine gültige E-Mail-Adresse."),
        (
            "datenschutz",
            {"retention_days": "91"},
            "Geben Sie die Tage als ganze Zahl von 1 bis 90 ein.",
        ),
        ("datenschutz", {"retention_days": "viele"}, "Geben Sie die Tage als ganze Zahl"),
        ("auswertung", {"disclosure_threshold": "4"}, "als ganze Zahl von 5 bis 100 ein."),
        ("auswertung", {"cell_threshold": "9"}, "als ganze Zahl von 10 bis 100 ein."),
        (
            "auswertung",
            {"disclosure_threshold": "20"},
            "Für Aufteilungen und Zitate gilt mindestens",
        ),
        ("auswertung", {"breakdown": "heard"}, "„heard“ geht hier nicht."),
        ("auswertung", {"pair1_by": ""}, "Wählen Sie bei Paar 1 beide Fragen oder keine."),
        (
            "auswertung",
            {"pair2_item": "size", "pair2_by": "size"},
            "Wählen Sie bei Paar 2 zwei verschiedene Fragen.",
        ),
        ("naechste", {"next_place": "Mainz"}, "Geben Sie dem nächsten Termin einen Titel."),
        ("naechste", {"next_title": "x"}, "Geben Sie ein, wann der nächste Termin beginnt."),
    ],
)
def test_what_cannot_be_is_named_and_kept(
    planned: Workplace, inst: Installation, group: str, typed: dict[str, str], said: str
) -> None:
    before = edition_of(inst, "main", "kk2020")
    page = planned.olga.get(f"{START}/{group}")

    refused = planned.olga.press(page, f"{START}/{group}", "Speichern", typed)

    assert refused.status == 422
    assert said in refused.text()
    kept = {n: refused.fields().get(n, ("",))[0] for n in typed}
    assert kept == typed or "kind" in typed or "breakdown" in typed
    assert edition_of(inst, "main", "kk2020") == before


def test_a_colleague_who_was_faster_is_shown_and_what_was_typed_stays(
    planned: Workplace, inst: Installation
) -> None:
    address = f"{START}/veranstaltung"
    mine = planned.olga.get(address)
    theirs = planned.olga.get(address)
    planned.olga.press(theirs, address, "Speichern", {"title": "Von der Kollegin"})

    refused = planned.olga.press(mine, address, "Speichern", {"title": "Von mir"})

    assert refused.status == 409
    assert "So steht es jetzt" in refused.text()
    assert "Von der Kollegin" in refused.text()
    assert refused.fields()["title"] == ("Von mir",)
    planned.olga.press(refused, address, "Speichern")
    assert edition_of(inst, "main", "kk2020").edition.title == "Von mir"


def test_a_page_without_its_revision_changes_nothing(
    planned: Workplace, inst: Installation
) -> None:
    address = f"{START}/veranstaltung"
    page = planned.olga.get(address)

    refused = planned.olga.press(page, address, "Speichern", {"title": "x", "_revision": "²"})

    assert refused.status == 409
    assert edition_of(inst, "main", "kk2020").edition.title == congress().title


def test_after_the_first_mail_what_is_frozen_is_text_with_a_reason(opened: Workplace) -> None:
    page = opened.olga.get(f"{START}/veranstaltung")

    assert set(page.fields()) == {"_proof", "_spoken", "_revision", "title"}
    assert "Das steht fest" in page.text()
    assert "kommunalkongress" in page.text()
    days = opened.olga.get(f"{START}/tage")
    assert set(days.fields()) == set()
    assert "Die Frist können Sie im Überblick verlängern." in days.text()


def test_after_the_first_mail_a_sent_frozen_field_is_passed_over(
    opened: Workplace, inst: Installation
) -> None:
    address = f"{START}/veranstaltung"
    page = opened.olga.get(address)

    opened.olga.press(page, address, "Speichern", {"title": "Neu", "series": "andere"})

    changed = edition_of(inst, "main", "kk2020").edition
    assert (changed.title, changed.series) == ("Neu", congress().series)


@pytest.mark.parametrize("group", ["tage", "auswertung"])
def test_a_group_that_is_frozen_whole_takes_nothing(
    opened: Workplace, inst: Installation, group: str
) -> None:
    before = edition_of(inst, "main", "kk2020")
    title = opened.olga.get(f"{START}/veranstaltung")
    own = {k: v[0] for k, v in title.fields().items() if k.startswith("_")}

    refused = opened.olga.post(f"{START}/{group}", own | {"disclosure_threshold": "50"})

    assert refused.status == 422
    assert edition_of(inst, "main", "kk2020") == before


def test_after_the_first_mail_addresses_may_go_sooner_never_later(
    opened: Workplace, inst: Installation
) -> None:
    address = f"{START}/datenschutz"
    page = opened.olga.get(address)

    later = opened.olga.press(page, address, "Speichern", {"retention_days": "15"})
    sooner = opened.olga.press(page, address, "Speichern", {"retention_days": "7"})

    assert later.status == 422
    assert "von 1 bis 14" in later.text()
    assert sooner.status == 303
    assert edition_of(inst, "main", "kk2020").edition.retention_days == 7


def test_no_edition_asks_less_than_its_organisation(planned: Workplace, inst: Installation) -> None:
    housekeeping.change_profile(
        inst,
        "main",
        lambda profile: replace(profile, disclosure_threshold=8, cell_threshold=12),
        revision=housekeeping.profile_of(inst, "main").revision,
    )
    address = f"{START}/auswertung"
    page = planned.olga.get(address)

    refused = planned.olga.press(page, address, "Speichern", {"disclosure_threshold": "7"})

    assert refused.status == 422
    assert "von 8 bis 100" in refused.text()


def test_the_next_date_is_taken_back_by_emptying_it(planned: Workplace, inst: Installation) -> None:
    address = f"{START}/naechste"
    coming = NextEdition(
        "Kommunalkongress 2021",
        datetime(2021, 9, 10, 7, tzinfo=UTC),
        datetime(2021, 9, 10, 15, tzinfo=UTC),
    )
    store_edition(inst, replace(congress("kk-next"), next_edition=coming))
    address = "/arbeit/ausgaben/kk-next/angaben/naechste"
    page = planned.olga.get(address)
    emptied = {name: "" for name in page.fields() if not name.startswith("_")}

    planned.olga.press(page, address, "Speichern", emptied)

    assert page.fields()["next_starts-time"] == ("09:00",)
    assert edition_of(inst, "main", "kk-next").edition.next_edition is None


@pytest.mark.parametrize(
    ("sender", "contact", "told"),
    [
        ("kongress@stadt.example", "fragen@stadt.de", "kongress@stadt.example ist eine erfundene"),
        ("a@stadt.example", "b@stadt.example", "a@stadt.example, b@stadt.example sind erfundene"),
        ("kongress@stadt.de", "fragen@stadt.de", ""),
    ],
)
def test_addresses_out_of_an_example_are_told_before_they_stop_the_first_mail(
    workplace: Workplace, inst: Installation, sender: str, contact: str, told: str
) -> None:
    real = replace(congress(), is_made_up=False, sender=sender, contact=contact)
    store_edition(inst, real)

    text = workplace.olga.get(START).text()

    assert ("aus einem Beispiel" in text) == bool(told)
    assert told in text


def test_a_made_up_edition_may_have_made_up_addresses(planned: Workplace) -> None:
    assert congress().is_made_up

    assert "aus einem Beispiel" not in planned.olga.get(START).text()
