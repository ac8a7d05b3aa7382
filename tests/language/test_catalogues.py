"""Every German text has an English one, in code and templates alike."""

from __future__ import annotations

import io
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po

from survey.language.catalogue import catalogue
from survey.rendering import TEMPLATES

ROOT = TEMPLATES.parent
KEYWORDS = {
    "_": None,
    "say": None,
    "gettext": None,
    "ngettext": (1, 2),
    "counted": (1, 2),
    "problem": None,
    "Statement": None,
}
SOURCES = sorted(
    file
    for folder in ("survey", "forms", "exports", "templates")
    for file in (ROOT / folder).rglob("*")
    if file.suffix in {".py", ".html", ".txt"}
)


@cache
def messages(file: Path) -> tuple[str, ...]:
    """The singular of every message of a file; read once for all tests of a process."""
    method = "python" if file.suffix == ".py" else "jinja2.ext:babel_extract"
    options = {} if file.suffix == ".py" else {"newstyle_gettext": "true", "silent": "false"}
    found = extract_from_file(method, file, keywords=KEYWORDS, options=options)
    return tuple(message if isinstance(message, str) else message[0] for _, message, _, _ in found)


def test_messages_are_found_in_code_and_templates() -> None:
    found = {message for file in SOURCES for message in messages(file)}

    assert "Antworten prüfen" in found
    assert "Bitte beantworten Sie diese Frage." in found


def test_a_german_text_has_one_english_text_wherever_it_stands() -> None:
    english: dict[object, set[object]] = defaultdict(set)
    for file in sorted((ROOT / "survey/language/en").glob("*.po")):
        for message in read_po(io.BytesIO(file.read_bytes())):
            if message.id:
                english[message.id].add(message.string)

    assert len(english) > 1000
    assert {german for german, texts in english.items() if len(texts) > 1} == set()


def test_signing_out_withdrawing_and_wanting_no_mails_are_told_apart() -> None:
    say = catalogue("en").gettext

    texts = ("Abmelden", "Person abmelden", "Von Mails abmelden")
    assert [say(text) for text in texts] == ["Sign out", "Withdraw", "Stop e-mails"]


@pytest.mark.parametrize("file", SOURCES, ids=lambda f: str(f.relative_to(ROOT)))
def test_every_message_of_a_file_has_an_english_text(file: Path) -> None:
    known = catalogue("en").translations._catalog

    missing = [m for m in messages(file) if m and m not in known and (m, 0) not in known]

    assert missing == []
