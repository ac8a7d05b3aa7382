"""How many answers are needed, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.language.catalogue import catalogue

if TYPE_CHECKING:
    from survey.language.wording import Language
    from survey.planning.answers_needed import PastEdition, Prospect, Prospects
    from survey.statistics.precision import Turnout


class HowManyWords:
    """How one language speaks of what could be seen next time."""

    def __init__(self, language: Language) -> None:
        self._words = catalogue(language)

    def say(self, message: str, **facts: object) -> str:
        """The message with its facts."""
        return self._words.gettext(message) % facts

    def result(self, found: Prospects) -> str:
        """What could be seen with so many answers, in a sentence."""
        facts = {"edition": found.base.title, "answers": self.answers(found.asked.answered)}
        if found.asked.points is None:
            return self.say(
                "Mit %(answers)s ließe sich gegenüber „%(edition)s“ auch die größte Veränderung nicht sicher erkennen.",
                **facts,
            )
        return self.say(
            "Mit %(answers)s ließen sich gegenüber „%(edition)s“ Veränderungen ab %(points)d Prozentpunkten erkennen.",
            points=found.asked.points,
            **facts,
        )

    def for_the_invitation(self, found: Prospects) -> str:
        """A sentence for the invitation; empty where there is nothing to promise."""
        if found.asked.points is None:
            return ""
        return self.say(
            "Bei %(answers)s können wir Unterschiede ab %(points)d Prozentpunkten erkennen.",
            answers=self.answers(found.asked.answered),
            points=found.asked.points,
        )

    def compared_with(self, found: Prospects) -> str:
        """Which edition is compared with, as a sentence."""
        return self.say("Verglichen mit %(edition)s.", edition=self.base(found.base))

    def alternative(self, prospect: Prospect) -> str:
        """What another number of answers would show."""
        return self.say(
            "Mit %(answers)s: %(points)s.",
            answers=self.answers(prospect.answered),
            points=self.points(prospect),
        )

    def needed(self, points: int, answers: int | None) -> str:
        """How many answers show a change of so many points; that none would do where none does."""
        if answers is None:
            return self.say(
                "Eine Veränderung um %(points)d Prozentpunkte wäre mit keiner Zahl von Antworten zu erkennen.",
                points=points,
            )
        return self.say(
            "Eine Veränderung um %(points)d Prozentpunkte wäre ab %(answers)s zu erkennen.",
            points=points,
            answers=self.answers(answers),
        )

    def answers(self, answers: int) -> str:
        """``60 Antworten``."""
        return self._words.ngettext("%(n)s Antwort", "%(n)s Antworten", answers) % {
            "n": self._words.number(answers)
        }

    def points(self, prospect: Prospect) -> str:
        """From which change on, in a few words."""
        if prospect.points is None:
            return self.say("keine")
        return self.say("ab %(points)d Punkten", points=prospect.points)

    def base(self, base: PastEdition) -> str:
        """The edition that is compared with, and how many answered then."""
        return self.say(
            "%(edition)s: %(turnout)s", edition=base.title, turnout=self.turnout(base.turnout)
        )

    def turnout(self, turnout: Turnout) -> str:
        """``171 Antworten von 380``, or without a number of people."""
        answers = self.answers(turnout.answered)
        if turnout.eligible is None:
            return answers
        return self.say(
            "%(answers)s von %(people)s",
            answers=answers,
            people=self._words.number(turnout.eligible),
        )

    def meaning(self, found: Prospects) -> str:
        """What "to see a change" means here."""
        return self.say(
            "„Erkennen“ heißt: Eine Veränderung dieser Größe bekommt in mindestens vier von fünf Fällen das Urteil "
            "„besser“ oder „schlechter“, bei kleinen auch „klein, aber messbar“, wenn %(family)d Fragen verglichen "
            "werden. Gerechnet ist mit einer Bewertung, deren Anteil um die Hälfte liegt; bei sehr hohen und sehr "
            "niedrigen Anteilen genügt weniger. Mehr braucht es, wo nur zwei Nachbarn auf der Skala tauschen, und bei "
            "den einzelnen Antworten einer Auswahl.",
            family=found.family,
        )
