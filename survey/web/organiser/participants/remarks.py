"""What is said about a person in a word: withdrawn, not there, no mails, mail failed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from survey.model.invitation import Delivery

if TYPE_CHECKING:
    from survey.language.catalogue import Catalogue
    from survey.model.known_person import KnownPerson


class Remark(NamedTuple):
    """A word, and the kind of chip it stands in."""

    text: str
    kind: str


def remarks(words: Catalogue, person: KnownPerson) -> tuple[Remark, ...]:
    """Everything that stands out about a person; empty if nothing does."""
    say = words.gettext
    found = (
        (person.is_withdrawn, Remark(say("abgemeldet"), "closed")),
        (person.is_no_show, Remark(say("war nicht da"), "closed")),
        (person.has_opted_out, Remark(say("will keine Mails"), "closed")),
        (
            person.invitation is Delivery.FAILED and not person.is_withdrawn,
            Remark(say("Mail kam nicht an"), "wrong"),
        ),
    )
    return tuple(remark for holds, remark in found if holds)


def invitation_sentence(words: Catalogue, person: KnownPerson) -> str:
    """Where the invitation stands, as a sentence."""
    say = words.gettext
    match person.invitation:
        case None:
            return say("Noch nicht eingeladen.")
        case Delivery.HANDED_OVER:
            return say("Die Einladung ist an den Mailserver übergeben.")
        case Delivery.FAILED:
            return say("Die Einladung kam nicht an.")
        case Delivery.CANCELLED:
            return say("Die Einladung wurde nicht gesendet.")
        case Delivery.DEFERRED | Delivery.UNKNOWN:
            return say(
                "Der Mailserver nimmt die Einladung noch nicht an. Der Dienst versucht es weiter."
            )
        case _:
            return say("Die Einladung ist auf dem Weg.")
