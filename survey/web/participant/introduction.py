"""What the first screen says before the first question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey.language.catalogue import catalogue
from survey.model.duration import minutes_to_answer
from survey.web.drawing import about

if TYPE_CHECKING:
    from survey.language.wording import Language
    from survey.model.event import EditionRecord
    from survey.model.personal_form import PersonalForm
    from survey.web.site import Site


@dataclass(frozen=True, slots=True)
class Asks:
    """Who asks, how long it takes, until when, who reads free texts, and where the promise is explained."""

    organisation: str
    minutes: int
    closes: str
    text_readers: str
    promise: str


def introduction(site: Site, record: EditionRecord, form: PersonalForm, language: Language) -> Asks:
    """The first screen of that form."""
    edition = record.edition
    return Asks(
        edition.organisation,
        minutes_to_answer(form),
        closing(site, record, language),
        edition.text_readers or edition.organisation,
        about("versprechen", edition, language),
    )


def closing(site: Site, record: EditionRecord, language: Language) -> str:
    """When the form closes, in words."""
    moment = record.closes or record.edition.deadline
    return catalogue(language).moment(moment, site.inst.settings.zone)
