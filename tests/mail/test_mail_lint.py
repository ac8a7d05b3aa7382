"""Items 86 to 92 of the accessibility checklist, for every kind of mail in every language."""

from __future__ import annotations

import io
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import html5lib
import pytest
from babel.messages.pofile import read_po
from jinja2.ext import babel_extract

from survey.language.wording import HTML_LANGUAGE, LANGUAGES
from survey.mail.compose import TEMPLATE_OF
from survey.model.invitation import Campaign
from tests.mail.letters import AFTER_CLOSING, FORM_LINK, OPT_OUT_LINK, part, written

if TYPE_CHECKING:
    from email.message import EmailMessage
    from xml.etree.ElementTree import Element

    from survey.language.wording import Language

ROOT = Path(__file__).resolve().parents[2]
EVERY_MAIL = pytest.mark.parametrize(
    ("campaign", "language"),
    [(campaign, language) for campaign in Campaign for language in LANGUAGES],
)
VAGUE = {"hier", "klicken sie hier", "mehr", "link", "here", "click here", "more"}
MOST_WORDS_OF_EASY_SENTENCE = 12


def _tree(message: EmailMessage) -> Any:
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    return parser.parse(part(message, "html"))


def _text(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _words(text: str) -> str:
    without_addresses = re.sub(r"https?://\S+", "", text)
    return " ".join(without_addresses.replace(":", " ").split())


@pytest.mark.proves("A86")
@EVERY_MAIL
def test_plain_text_comes_first_and_has_each_address_on_its_own_line(
    campaign: Campaign, language: Language
) -> None:
    message = written(campaign, language=language)

    (alternative,) = [p for p in message.walk() if p.get_content_type() == "multipart/alternative"]
    kinds = [p.get_content_type() for p in alternative.iter_parts()]
    assert kinds == ["text/plain", "text/html"]
    for line in part(message, "plain").splitlines():
        assert "http" not in line or re.fullmatch(r"https://\S+", line)


@EVERY_MAIL
def test_html_says_what_the_plain_text_says(campaign: Campaign, language: Language) -> None:
    message = written(campaign, language=language)

    body = _tree(message).find("body")
    heading = body.find(".//h1")
    said = Counter(_words(" ".join(body.itertext())).split())
    said.subtract(_words(_text(heading)).split())
    plain = Counter(_words(part(message, "plain")).split())
    assert {w: n for w, n in said.items() if n} == dict(plain)
    links = {a.get("href").removeprefix("mailto:") for a in body.iter("a")}
    shown = re.findall(r"(?m)^(?:https://\S+|\S+@\S+)$", part(message, "plain"))
    assert links == set(shown)


@pytest.mark.proves("A87")
@EVERY_MAIL
def test_language_title_and_colour_scheme_are_named(campaign: Campaign, language: Language) -> None:
    message = written(campaign, language=language)

    root = _tree(message)
    metas = {
        m.get("name") or "charset": m.get("content") or m.get("charset") for m in root.iter("meta")
    }
    assert root.get("lang") == HTML_LANGUAGE[language]
    assert message["Content-Language"] == HTML_LANGUAGE[language]
    assert message.get_body(("plain",))["Content-Language"] is None  # type: ignore[index]
    assert _text(root.find(".//title")) == message["Subject"]
    assert (metas["charset"], metas["color-scheme"]) == ("utf-8", "light dark")


@pytest.mark.proves("A88")
@EVERY_MAIL
def test_structure_is_one_heading_paragraphs_and_lists(
    campaign: Campaign, language: Language
) -> None:
    root = _tree(written(campaign, language=language))

    names = Counter(element.tag for element in root.find("body").iter())
    assert names["h1"] == 1
    assert set(names) <= {"body", "div", "h1", "h2", "p", "a", "strong", "br", "ul", "li"}
    loose = [
        e.tag
        for e in root.find("body").iter()
        if e.tag in {"body", "div", "ul"} and (e.text or "").strip()
    ]
    assert loose == []


@pytest.mark.proves("A89")
@pytest.mark.proves("S8")
@EVERY_MAIL
def test_nothing_is_fetched_from_anywhere(campaign: Campaign, language: Language) -> None:
    html = part(written(campaign, language=language), "html")

    assert (
        re.findall(r"<(?:img|link|script|iframe|video|audio|object)|url\(|@import|src=", html) == []
    )


@pytest.mark.proves("A90")
@EVERY_MAIL
def test_link_texts_say_where_they_lead(campaign: Campaign, language: Language) -> None:
    root = _tree(written(campaign, language=language))

    texts = [_text(a) for a in root.iter("a")]
    assert [t for t in texts if t.lower() in VAGUE or len(t) < 8] == []
    assert len(texts) == len(set(texts))


@pytest.mark.proves("A90")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("campaign", [c for c in Campaign if c not in AFTER_CLOSING])
def test_button_is_an_underlined_link_of_44_pixels_that_says_how_long(
    campaign: Campaign, language: Language
) -> None:
    root = _tree(written(campaign, language=language))

    (button,) = [a for a in root.iter("a") if a.get("class") == "button"]
    style = dict(rule.split(":") for rule in button.get("style").split(";"))
    height = int(style["min-height"][:-2]) + 2 * int(style["padding"].split()[0][:-2])
    assert height >= 44
    assert style["text-decoration"] == "underline"
    assert re.search(r"\(3 (Minuten|minutes)\)$", _text(button))
    assert button.get("href") == f"{FORM_LINK}?sprache={language}"


@pytest.mark.proves("A91")
def test_type_is_large_and_lines_are_short() -> None:
    html = part(written(Campaign.INVITATION), "html")

    sizes = [int(size) for size in re.findall(r"(?:font-size:|font:)\s*(\d+)px", html)]
    assert min(sizes) >= 16
    assert "max-width: 38em" in html
    assert "text-align: left" in html


@pytest.mark.proves("A91")
@pytest.mark.parametrize(
    ("foreground", "background"),
    [
        ("#1b1f24", "#ffffff"),
        ("#0b4a7d", "#ffffff"),
        ("#ffffff", "#0b4a7d"),
        ("#eef1f4", "#15191e"),
        ("#9ccbf3", "#15191e"),
    ],
)
def test_colours_keep_their_contrast_in_light_and_dark(foreground: str, background: str) -> None:
    html = part(written(Campaign.INVITATION), "html")
    assert foreground in html
    assert background in html

    lighter, darker = sorted((_luminance(foreground), _luminance(background)), reverse=True)

    assert (lighter + 0.05) / (darker + 0.05) >= 7


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.proves("A92")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("campaign", [c for c in Campaign if c not in AFTER_CLOSING])
def test_asking_mail_says_sender_matter_duration_deadline_pausing_contact_easy_version_and_way_out(
    campaign: Campaign, language: Language
) -> None:
    message = written(campaign, language=language)

    subject, text = message["Subject"], part(message, "plain")
    day = "28 September" if language == "en" else "28. September"
    minutes = "3 minutes" if language == "en" else "3 Minuten"
    for fact in ("Kommunalkongress 2020", minutes, day, "Kommunalkongress-Team"):
        assert fact in subject
    pausing = {
        "de": "Sie können unterbrechen und später weitermachen.",
        "easy": "Sie können eine Pause machen.",
        "en": "You can pause and go on later.",
    }
    for fact in (
        pausing[language],
        "fragen@example.org",
        f"{FORM_LINK}?sprache=easy",
        OPT_OUT_LINK,
        f"{day} 2020",
        "Ministerium des Innern und für Sport",
        "zwei Personen im Ministerium",
    ):
        assert fact in text
    assert message["Auto-Submitted"] == "auto-generated"


@pytest.mark.parametrize("language", ["de", "easy"])
@pytest.mark.parametrize("campaign", list(Campaign))
def test_mail_opens_with_two_easy_sentences(campaign: Campaign, language: Language) -> None:
    paragraphs = part(written(campaign, language=language), "plain").split("\n\n")

    sentences = re.split(r"(?<=[.!?])\s+", paragraphs[1])
    assert len(sentences) == 2
    assert all(len(s.split()) <= MOST_WORDS_OF_EASY_SENTENCE for s in sentences)


@pytest.mark.parametrize("campaign", list(Campaign))
def test_easy_mail_has_short_sentences(campaign: Campaign) -> None:
    text = part(written(campaign, language="easy"), "plain")
    text = re.sub(r"(?m)^\S+$|Ministerium des Innern und für Sport", "", text)

    sentences = [s for line in text.splitlines() for s in re.split(r"(?<=[.!?])\s+", line)]
    long = [s for s in sentences if len(s.split()) > MOST_WORDS_OF_EASY_SENTENCE]
    assert long == []


@pytest.mark.parametrize("language", ["en", "easy"])
def test_every_sentence_of_a_mail_is_translated(language: str) -> None:
    # The promise is said in the words of the form, which lie with its pages.
    files = (ROOT / "survey/language" / language / f"{area}.po" for area in ("mail", "participant"))
    catalogues = [read_po(io.BytesIO(file.read_bytes())) for file in files]
    known = {str(m.id) for catalogue in catalogues for m in catalogue if m.string}
    used: set[str] = set()
    for file in (ROOT / "templates/mail").rglob("*.*"):
        if "workplace" in file.parts:  # colleagues read German or English, and no easy language
            continue
        with file.open("rb") as stream:
            options = {"trim_blocks": "true", "lstrip_blocks": "true"}
            found = babel_extract(stream, ("_",), (), options)
            used |= {str(m[0] if isinstance(m, tuple) else m) for _, _, m, _ in found}

    assert used
    assert used - known == set()


def test_every_campaign_has_the_three_files_of_its_kind() -> None:
    kinds = set(TEMPLATE_OF.values())

    folders = {p.name for p in (ROOT / "templates/mail").iterdir()} - {"own", "parts", "workplace"}

    assert folders == kinds
    for kind in kinds:
        files = {p.name for p in (ROOT / "templates/mail" / kind).iterdir()}
        assert files - {"start.txt"} == {"subject.txt", "body.txt", "body.html"}
