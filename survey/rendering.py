"""The one Jinja environment for pages, mails and reports."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from survey.language.catalogue import catalogue
from survey.language.wording import HTML_LANGUAGE, GermanInstead

if TYPE_CHECKING:
    from survey.language.wording import Language, Wording

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"


@cache
def environment(language: Language) -> Environment:
    """Templates that speak this language.

    Filters: ``wording``, ``day``, ``weekday``, ``number``, ``problem``, ``version_of``,
    ``spoken``, ``speech``.
    """
    words = catalogue(language)
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.install_gettext_callables(words.gettext, words.ngettext, newstyle=True)  # type: ignore[attr-defined]

    def wording(text: Wording) -> str:
        return text.in_language(language)

    made.filters["wording"] = wording
    made.filters["day"] = words.day
    made.filters["weekday"] = words.weekday
    made.filters["number"] = words.number
    made.filters["problem"] = words.problem
    made.filters["version_of"] = version_of
    made.filters["spoken"] = spoken
    made.filters["speech"] = speech
    made.globals["language"] = language
    made.globals["html_language"] = HTML_LANGUAGE[language]
    return made


def render(template: str, language: Language, /, **values: object) -> str:
    """The template filled in, in that language; undefined names are errors."""
    return environment(language).get_template(template).render(**values)


def version_of(text: str) -> str:
    """A name for exactly these words, however their lines break: other words have another (``1a2b-3c4d``)."""
    digest = sha256(" ".join(text.split()).encode()).hexdigest()
    return f"{digest[:4]}-{digest[4:8]}"


def spoken(text: str) -> str:
    """The text; said to be German where it stands in for one in another language, so that it is read aloud as such."""
    return Markup("<span{}>{}</span>").format(speech(text), text) if speech(text) else text


def speech(text: str) -> str:
    """The attribute for an element that holds such a text alone; else nothing."""
    return Markup(' lang="de"') if isinstance(text, GermanInstead) and text else ""
