"""Every kind of mail that the service can write, to participants and to colleagues, in every language, in a browser."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import html5lib
import pytest

from survey.language.wording import HTML_LANGUAGE, LANGUAGES
from survey.mail.compose import TEMPLATE_OF
from survey.mail.staff_mail import StaffLetter, compose_staff_mail
from survey.model.invitation import Campaign
from survey.rendering import TEMPLATES
from survey.storage.staff_mails import StaffMail
from tests.accessibility.conftest import _kept_tab, tab
from tests.accessibility.engine_findings import AXE_OPTIONS, AXE_OPTIONS_SEEN, axe_violations
from tests.accessibility.markup_checker import markup_faults
from tests.mail.letters import part, read, written
from tests.people import START

if TYPE_CHECKING:
    from email.message import EmailMessage

    from playwright.sync_api import Page

    from survey.language.wording import Language
    from survey.model.workplace import WorkLanguage

__all__ = ["_kept_tab", "tab"]
FOR_COLLEAGUES = sorted(
    path.name for path in (TEMPLATES / "mail/workplace").iterdir() if path.is_dir()
)
WORK_LANGUAGES: tuple[WorkLanguage, ...] = ("de", "en")
FACTS = {
    "edition": "kk2020",
    "title": "Kommunalkongress 2020",
    "event": "Kommunalkongress 2020",
    "address": "https://feedback.example.org/geteilt/AAAAAAAAAAAA",
    "until": "28. September 2020",
}
# A mail is a part of somebody else's page: mail programs strip landmarks, and bring their own.
AXE_OPTIONS_OF_MAILS = AXE_OPTIONS.replace(
    "rules: {", "rules: {'landmark-one-main': {enabled: false}, 'region': {enabled: false},"
)
SHARED_PARTS = {"own", "parts", "workplace"}


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of mail in one language."""

    name: str
    language: Language
    is_for_colleagues: bool

    def __str__(self) -> str:
        """For the names of tests."""
        return f"{'colleagues-' * self.is_for_colleagues}{self.name}-{self.language}"

    def written(self) -> EmailMessage:
        """Such a mail, as a mail program reads it."""
        if self.is_for_colleagues:
            return _to_a_colleague(self.name, "en" if self.language == "en" else "de")
        return written(Campaign(self.name), language=self.language)


def _to_a_colleague(kind: str, language: WorkLanguage) -> EmailMessage:
    mail = StaffMail(
        id="0123456789abcdef",
        organisation="main",
        account="olga",
        address="olga@stadt.example",
        name="Olga Ohm",
        language=language,
        kind=kind,
        facts=FACTS,
        opens=None,
        opens_for="",
        queued=START,
    )
    letter = StaffLetter(
        mail=mail,
        organisation="Stadt Musterstadt",
        sender="nachklang@stadt.example",
        sender_name="Nachklang",
        link="https://feedback.example.org/arbeit/anmelden/link/AAAAAAAAAAAAAAAA",
        base_url="https://feedback.example.org",
        written=START,
    )
    return read(compose_staff_mail(letter))


KINDS = [
    *(Kind(campaign.value, language, is_for_colleagues=False) for campaign in Campaign for language in LANGUAGES),
    *(Kind(name, language, is_for_colleagues=True) for name in FOR_COLLEAGUES for language in WORK_LANGUAGES),
]  # fmt: skip
EVERY_KIND = pytest.mark.parametrize("kind", KINDS, ids=str)
TO_COLLEAGUES = pytest.mark.parametrize(
    "kind", [kind for kind in KINDS if kind.is_for_colleagues], ids=str
)


def test_every_folder_of_mails_is_a_kind_that_is_looked_at() -> None:
    folders = {path.name for path in (TEMPLATES / "mail").iterdir() if path.is_dir()}

    assert folders - SHARED_PARTS == set(TEMPLATE_OF.values())
    assert set(TEMPLATE_OF) == set(Campaign)
    assert {kind.name for kind in KINDS if kind.is_for_colleagues} == set(FOR_COLLEAGUES)


@pytest.mark.proves("A86")
@TO_COLLEAGUES
def test_the_plain_part_comes_first_with_each_address_on_its_own_line(kind: Kind) -> None:
    message = kind.written()

    assert [p.get_content_type() for p in message.iter_parts()] == ["text/plain", "text/html"]
    lines = part(message, "plain").splitlines()
    assert [
        line for line in lines if "http" in line and not re.fullmatch(r"https://\S+", line)
    ] == []
    shown = html5lib.parse(part(message, "html"), namespaceHTMLElements=False)
    for link in (e.get("href") for e in shown.iter("a")):
        assert link in lines


@pytest.mark.proves("A87", "A88", "A89")
@TO_COLLEAGUES
def test_the_other_part_names_its_language_and_is_one_plain_text(kind: Kind) -> None:
    message = kind.written()

    assert message["Content-Language"] == kind.language
    assert message["Auto-Submitted"] == "auto-generated"
    shown = html5lib.parse(part(message, "html"), namespaceHTMLElements=False)
    assert shown.get("lang") == HTML_LANGUAGE[kind.language]
    tags = Counter(element.tag for element in shown.iter())
    assert (tags["h1"], tags["title"], tags["table"], tags["img"], tags["script"]) == (
        1,
        1,
        0,
        0,
        0,
    )


@pytest.mark.proves("A88", "A91")
@EVERY_KIND
def test_a_mail_is_valid_and_readable_in_light_and_dark(tab: Page, kind: Kind) -> None:
    html = part(kind.written(), "html")
    tab.goto("about:blank")
    tab.set_content(html)

    assert markup_faults(html) == []
    assert axe_violations(tab, AXE_OPTIONS_OF_MAILS) == []
    tab.emulate_media(color_scheme="dark")
    assert axe_violations(tab, AXE_OPTIONS_SEEN) == []


@pytest.mark.proves("A91")
def test_a_mail_that_is_pale_in_the_dark_is_found(tab: Page) -> None:
    html = part(KINDS[0].written(), "html")
    tab.goto("about:blank")
    tab.set_content(html)
    tab.add_style_tag(content="p { color: #999 !important; }")

    assert any(
        found.startswith("color-contrast") for found in axe_violations(tab, AXE_OPTIONS_SEEN)
    )
