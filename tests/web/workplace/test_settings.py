"""The settings of an organisation: read, changed, refused with everything typed."""

from __future__ import annotations

import struct
import zlib
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from survey.housekeeping import change_profile, profile_of
from survey.model.workplace import MAIN_ORGANISATION
from survey.storage.deeds import all_deeds
from tests.events import congress
from tests.workplace import FOREIGN

if TYPE_CHECKING:
    from survey.installation import Installation
    from survey.model.profile import Profile
    from tests.workplace import Workplace

START = "/arbeit/einstellungen"
SENDER = {
    "sender_name": "Kongressbüro",
    "sender": "kongress@stadt-musterstadt.de",
    "contact_name": "Frau Fröhlich",
    "contact": "fragen@stadt-musterstadt.de",
    "text_readers": "zwei Personen im Kongressbüro",
}
LIMITS = {"retention_days": "30", "disclosure_threshold": "6", "cell_threshold": "12"}
WORDS = {
    "legal_basis": "§ 3 LDSG",
    "processors": "Rechenzentrum Nord, Kiel",
    "data_protection_contact": "datenschutz@stadt-musterstadt.de",
}
PAGES = {
    "name": {"name": "Landkreis Musterland"},
    "absender": SENDER,
    "datenschutz": WORDS,
    "gebaerdensprache": {"sign_language_video": "https://video.stadt-musterstadt.de/dgs"},
    "fristen": LIMITS,
}
EVERY_PAGE = ("", *(f"/{place}" for place in (*PAGES, "farbe", "logo", "logo/entfernen")))


def ours(inst: Installation) -> Profile:
    return profile_of(inst, MAIN_ORGANISATION)


def png(width: int = 40, height: int = 20, *, extra: bytes = b"") -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress((b"\0" + b"\x7a\0\x19" * width) * height)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + (chunk(b"tEXt", extra) if extra else b"")
        + chunk(b"IDAT", pixels)
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("place", PAGES)
def test_what_is_typed_holds_and_is_shown_again(workplace: Workplace, place: str) -> None:
    path = f"{START}/{place}"

    saved = workplace.olga.press(workplace.olga.get(path), path, "Speichern", PAGES[place])

    profile = ours(workplace.inst)
    assert (saved.status, saved.location) == (303, START)
    assert {name: str(getattr(profile, name)) for name in PAGES[place]} == PAGES[place]
    shown = workplace.olga.get(path).fields()
    assert {name: shown[name] for name in PAGES[place]} == {
        name: (value,) for name, value in PAGES[place].items()
    }


@pytest.mark.parametrize("page", EVERY_PAGE)
def test_only_organisers_see_settings(workplace: Workplace, page: str) -> None:
    assert workplace.olga.get(START + page).status == 200

    assert workplace.paul.get(START + page).status == 404
    assert workplace.stranger.get(START + page).status == 303


@pytest.mark.parametrize("page", EVERY_PAGE)
def test_each_organisation_has_settings_of_its_own(workplace: Workplace, page: str) -> None:
    change_profile(
        workplace.inst,
        MAIN_ORGANISATION,
        lambda p: replace(
            p,
            name="Kanarienstadt",
            sender="kanarien@vogel.de",
            legal_basis="Kanarienrecht",
            accent="#7a0019",
            sign_language_video="https://kanarien.de",
        ),
        revision=0,
    )
    assert "anarien" in workplace.olga.get(START).text()

    foreign = workplace.frieda.get(START + page)

    assert foreign.status == 200
    assert "anarien" not in foreign.html
    assert "#7a0019" not in foreign.html


def test_no_other_page_of_settings_is_there(workplace: Workplace) -> None:
    assert workplace.olga.get(f"{START}/nirgends").status == 404


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_settings_take_no_other_method(workplace: Workplace, method: str) -> None:
    assert workplace.olga.request(method, f"{START}/name").status == 405


@pytest.mark.parametrize(
    ("place", "wrong", "complaint"),
    [
        ("name", {"name": "  "}, "Bitte geben Sie den Namen ein."),
        ("name", {"name": "x" * 151}, "Das ist zu lang. Es passen 150 Zeichen."),
        ("absender", {"sender": "kein at"}, "„kein at“ ist keine gültige E-Mail-Adresse."),
        (
            "absender",
            {"sender": "a@stadt.example"},
            ("„a@stadt.example“ ist eine erfundene Adresse aus einem Beispiel. Von dort kommt keine Mail an. "
            "Nehmen Sie eine Adresse Ihres Hauses."),
        ),
        ("absender", {"contact": ""}, "Bitte geben Sie die Adresse ein, an die Menschen Fragen schreiben."),
        ("fristen", {"retention_days": "91"}, "Hier gehört eine ganze Zahl von 1 bis 90 hin."),
        ("fristen", {"retention_days": "0"}, "Hier gehört eine ganze Zahl von 1 bis 90 hin."),
        ("fristen", {"retention_days": "²"}, "Hier gehört eine ganze Zahl von 1 bis 90 hin."),
        ("fristen", {"disclosure_threshold": "4"}, "Hier gehört eine ganze Zahl von 5 bis 100 hin."),
        ("fristen", {"cell_threshold": "9"}, "Hier gehört eine ganze Zahl von 10 bis 100 hin."),
        (
            "gebaerdensprache",
            {"sign_language_video": "http://stadt.de"},
            "Hier gehört eine Adresse wie https://www.stadt.de/video hin.",
        ),
        (
            "gebaerdensprache",
            {"sign_language_video": "javascript:alert(1)"},
            "Hier gehört eine Adresse wie https://www.stadt.de/video hin.",
        ),
        (
            "gebaerdensprache",
            {"sign_language_video": "https://ich@stadt.de"},
            "Hier gehört eine Adresse wie https://www.stadt.de/video hin.",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_said_and_nothing_typed_is_lost(
    workplace: Workplace, place: str, wrong: dict[str, str], complaint: str
) -> None:
    path = f"{START}/{place}"
    before = ours(workplace.inst)

    refused = workplace.olga.press(
        workplace.olga.get(path), path, "Speichern", PAGES[place] | wrong
    )

    typed = {name: (value.strip(),) for name, value in (PAGES[place] | wrong).items()}
    assert refused.status == 422
    assert complaint in refused.text()
    assert {name: refused.fields()[name] for name in typed} == typed
    assert ours(workplace.inst) == before


def test_thresholds_only_rise(workplace: Workplace) -> None:
    path = f"{START}/fristen"
    workplace.olga.press(workplace.olga.get(path), path, "Speichern", LIMITS)

    refused = workplace.olga.press(
        workplace.olga.get(path), path, "Speichern", LIMITS | {"disclosure_threshold": "5"}
    )

    assert refused.status == 422
    assert "Die Mindestzahlen lassen sich nur erhöhen." in refused.text()
    assert ours(workplace.inst).disclosure_threshold == 6


def test_breakdowns_need_no_fewer_than_results(workplace: Workplace) -> None:
    path = f"{START}/fristen"

    refused = workplace.olga.press(
        workplace.olga.get(path), path, "Speichern", LIMITS | {"disclosure_threshold": "13"}
    )

    assert refused.status == 422
    assert "Für Aufteilungen und Zitate gilt mindestens so viel" in refused.text()


def test_two_who_change_at_once_see_each_other(workplace: Workplace) -> None:
    path = f"{START}/absender"
    mine = workplace.olga.get(path)
    workplace.olga.press(workplace.olga.get(path), path, "Speichern", SENDER)

    other = SENDER | {"sender_name": "Amt für Anderes"}
    refused = workplace.olga.press(mine, path, "Speichern", other)
    again = workplace.olga.press(refused, path, "Speichern")

    assert refused.status == 422
    assert "Inzwischen hat jemand anderes die Einstellungen geändert." in refused.text()
    assert "Kongressbüro" in refused.text()
    assert refused.fields()["sender_name"] == ("Amt für Anderes",)
    assert again.status == 303
    assert ours(workplace.inst).sender_name == "Amt für Anderes"


def test_a_change_is_logged_by_what_changed_and_who_did_it(workplace: Workplace) -> None:
    path = f"{START}/absender"

    workplace.olga.press(workplace.olga.get(path), path, "Speichern", SENDER)

    [deed] = all_deeds(workplace.inst.database.read())
    assert (deed.deed, deed.actor, deed.organisation) == ("settings changed", "olga", "main")
    assert "stadt-musterstadt" not in deed.facts


def test_saving_what_holds_already_changes_nothing(workplace: Workplace) -> None:
    path = f"{START}/fristen"

    workplace.olga.press(workplace.olga.get(path), path, "Speichern")

    assert all_deeds(workplace.inst.database.read()) == ()


@pytest.mark.proves("S45")
def test_fields_of_other_pages_are_not_taken_along(workplace: Workplace) -> None:
    path = f"{START}/name"

    workplace.olga.press(
        workplace.olga.get(path),
        path,
        "Speichern",
        {"name": "Neu", "disclosure_threshold": "50", "organisation": FOREIGN.id, "accent": "x"},
    )

    assert ours(workplace.inst) == replace(ours(workplace.inst), name="Neu", disclosure_threshold=5)
    assert profile_of(workplace.inst, FOREIGN.id).name == "Stadt Fern"


@pytest.mark.proves("S9")
def test_line_breaks_never_reach_a_mail_header(workplace: Workplace) -> None:
    path = f"{START}/absender"

    workplace.olga.press(
        workplace.olga.get(path),
        path,
        "Speichern",
        SENDER | {"sender_name": "Büro\r\nBcc: alle@stadt.de\x00"},
    )

    assert ours(workplace.inst).sender_name == "Büro Bcc: alle@stadt.de"


def test_a_readable_colour_is_worn_by_its_page_and_kept(workplace: Workplace) -> None:
    path = f"{START}/farbe"

    saved = workplace.olga.press(
        workplace.olga.get(path), path, "Farbe speichern", {"accent": " 7A0019 "}
    )

    assert saved.status == 303
    assert ours(workplace.inst).accent == "#7a0019"
    assert "--accent:#7a0019" in workplace.olga.get(path).html


def test_a_colour_can_be_tried_on_without_keeping_it(workplace: Workplace) -> None:
    path = f"{START}/farbe"

    tried = workplace.olga.press(
        workplace.olga.get(path), path, "Erst ausprobieren", {"accent": "#7a0019"}
    )

    assert (tried.status, ours(workplace.inst).accent) == (200, "")
    assert "--accent:#7a0019" in tried.html
    assert tried.fields()["accent"] == ("#7a0019",)


@pytest.mark.parametrize("colour", ["#ffcc00", "#777777"])
def test_an_unreadable_colour_is_refused_and_the_offer_can_be_taken(
    workplace: Workplace, colour: str
) -> None:
    path = f"{START}/farbe"

    refused = workplace.olga.press(
        workplace.olga.get(path), path, "Farbe speichern", {"accent": colour}
    )
    offer = next(label for label, _, value in refused.buttons() if value.startswith("take:"))
    taken = workplace.olga.press(refused, path, offer)

    assert refused.status == 422
    assert refused.fields()["accent"] == (colour,)
    assert taken.status == 303
    assert ours(workplace.inst).accent == offer.removesuffix(" nehmen")


@pytest.mark.parametrize("colour", ["rot", "#12345", "#1234567", "url(x)", "#00000g;}"])
def test_what_is_no_colour_is_refused(workplace: Workplace, colour: str) -> None:
    path = f"{START}/farbe"

    refused = workplace.olga.press(
        workplace.olga.get(path), path, "Farbe speichern", {"accent": colour}
    )

    assert (refused.status, ours(workplace.inst).accent) == (422, "")
    assert "Eine Farbe schreiben Sie mit # und sechs Zeichen" in refused.text()


def test_a_forged_offer_gets_no_other_colour_in(workplace: Workplace) -> None:
    path = f"{START}/farbe"
    fields = {k: v[0] for k, v in workplace.olga.get(path).fields().items()}

    refused = workplace.olga.post(path, fields | {"_action": "take:#ffffff", "accent": ""})
    odd = workplace.olga.post(path, fields | {"_action": "take:red;}", "accent": "#7a0019"})

    assert refused.status == 422
    assert (odd.status, ours(workplace.inst).accent) == (303, "#7a0019")


def test_the_own_colour_can_be_given_up(workplace: Workplace) -> None:
    path = f"{START}/farbe"
    workplace.olga.press(workplace.olga.get(path), path, "Farbe speichern", {"accent": "#7a0019"})

    workplace.olga.press(workplace.olga.get(path), path, "Farbe speichern", {"accent": ""})

    assert ours(workplace.inst).accent == ""
    assert "#7a0019" not in workplace.olga.get(path).html


def send_logo(workplace: Workplace, content: bytes, *, words: str = "Wappen") -> tuple[int, str]:
    path = f"{START}/logo"
    fields = {k: v[0] for k, v in workplace.olga.get(path).fields().items() if k != "picture"}
    page = workplace.olga.send_file(
        path,
        fields | {"alternative": words},
        name="picture",
        file_name="logo.png",
        content=content,
    )
    return page.status, page.text()


def test_a_picture_is_kept_without_its_description(workplace: Workplace) -> None:
    status, _ = send_logo(workplace, png(extra=b"Comment\0GPS 50.1, 8.6") + b"<script>")

    logo = ours(workplace.inst).logo
    assert status == 303
    assert logo is not None
    assert (logo.alternative, logo.width, logo.height) == ("Wappen", 40, 20)
    content = workplace.stranger.request("GET", logo.address)
    assert content.size == len(png())


def test_the_words_of_a_picture_can_be_changed_alone(workplace: Workplace) -> None:
    send_logo(workplace, png())
    path = f"{START}/logo"

    workplace.olga.press(
        workplace.olga.get(path), path, "Logo speichern", {"alternative": "Wappen der Stadt"}
    )

    logo = ours(workplace.inst).logo
    assert logo is not None
    assert logo.alternative == "Wappen der Stadt"


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"<svg xmlns='x' onload='alert(1)'/>", "SVG-Dateien können Programme enthalten"),
        (b"GIF89a", "Das ist kein PNG- oder JPEG-Bild."),
        (b"\x89PNG\r\n\x1a\n", "Das Bild ist beschädigt."),
        (png()[:-20], "Das Bild ist beschädigt."),
        (png() * 3000, "Das Bild ist zu groß. Erlaubt sind 200 KiB."),
        (png(1201, 20), "Das Bild hat 1201 × 20 Bildpunkte."),
        (b"", "Bitte wählen Sie ein Bild."),
    ],
    ids=["svg", "gif", "no chunks", "cut off", "too many bytes", "too wide", "nothing"],
)
def test_what_is_no_picture_is_refused_and_the_words_stay(
    workplace: Workplace, content: bytes, complaint: str
) -> None:
    path = f"{START}/logo"
    fields = {k: v[0] for k, v in workplace.olga.get(path).fields().items() if k != "picture"}

    refused = workplace.olga.send_file(
        path,
        fields | {"alternative": "Unser Wappen"},
        name="picture",
        file_name="logo.png",
        content=content,
    )

    assert refused.status == 422
    assert complaint in refused.text()
    assert refused.fields()["alternative"] == ("Unser Wappen",)
    assert ours(workplace.inst).logo is None


def test_a_picture_needs_words(workplace: Workplace) -> None:
    status, text = send_logo(workplace, png(), words=" ")

    assert (status, ours(workplace.inst).logo) == (422, None)
    assert "Bitte schreiben Sie, was das Bild sagt." in text


def test_removing_the_picture_says_first_what_will_happen(workplace: Workplace) -> None:
    send_logo(workplace, png())
    path = f"{START}/logo/entfernen"

    asked = workplace.olga.get(path)
    assert "Das geschieht dann" in asked.text()
    assert ours(workplace.inst).logo is not None
    removed = workplace.olga.press(asked, path, "Logo entfernen")

    assert (removed.status, ours(workplace.inst).logo) == (303, None)


def test_settings_are_there_in_english(workplace: Workplace) -> None:
    page = workplace.olga.get(f"{START}/fristen?sprache=en")

    assert page.heading == "Retention and minimum numbers"


def test_new_editions_begin_with_the_organisations_words_and_thresholds(
    workplace: Workplace,
) -> None:
    for place in ("absender", "fristen"):
        path = f"{START}/{place}"
        workplace.olga.press(workplace.olga.get(path), path, "Speichern", PAGES[place])

    begun = ours(workplace.inst).begin(congress())

    assert (begun.sender, begun.contact) == (SENDER["sender"], SENDER["contact"])
    assert (begun.retention_days, begun.disclosure_threshold, begun.cell_threshold) == (30, 6, 12)
    assert ours(workplace.inst).begin(replace(congress(), cell_threshold=20)).cell_threshold == 20


def test_an_address_out_of_an_example_is_told_until_it_is_changed(workplace: Workplace) -> None:
    change_profile(
        workplace.inst,
        MAIN_ORGANISATION,
        lambda before: replace(before, sender="kongress@stadt.example"),
        revision=ours(workplace.inst).revision,
    )
    said = "kongress@stadt.example ist eine erfundene Adresse aus einem Beispiel"

    before = workplace.olga.get(START).text()
    form = workplace.olga.get(f"{START}/absender")
    workplace.olga.press(form, f"{START}/absender", "Speichern", SENDER)

    assert said in before
    assert said not in workplace.olga.get(START).text()
