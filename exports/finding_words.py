"""A finding in words and whole numbers, the same in every export: bases, shares, uncertainty, text alternatives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.language.catalogue import catalogue
from survey.model.summary import ChoicesFinding, NumbersFinding, TextsFinding

if TYPE_CHECKING:
    from survey.language.wording import Language
    from survey.model.summary import AskedIf, Base, Finding, Share, Statement, Suppression

FEW = 20
"""Below this many answers a report counts persons instead of percent."""


def whole_percent(share: float) -> int:
    """A share as whole percent, halves away from zero."""
    return int(share * 100 + (0.5 if share >= 0 else -0.5))


class FindingWords:
    """How one language speaks of findings."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._words = catalogue(language)

    def say(self, message: str, **facts: object) -> str:
        """The message with its facts."""
        text = self._words.gettext(message)
        return text % facts if facts else text

    def percent(self, share: float) -> str:
        """A share like ``76 %``."""
        return self.say("%(percent)d\u202f%%", percent=whole_percent(share))

    def asked_if(self, asked: AskedIf | None) -> str:
        """Of whom a section was asked, in a sentence; empty for everybody."""
        if asked is None:
            return ""
        facts = {
            "question": asked.question.in_language(self.language),
            "choices": ", ".join(c.in_language(self.language) for c in asked.choices),
        }
        if asked.people is None:
            return self.say(
                "Das wurde nur gefragt, wer bei „%(question)s“ so geantwortet hat: %(choices)s.",
                **facts,
            )
        return self.say(
            "Das wurden nur die %(people)d Personen gefragt, die bei „%(question)s“ so geantwortet haben: "
            "%(choices)s.",
            people=asked.people,
            **facts,
        )

    def base(self, base: Base) -> str:
        """How many answered, of how many."""
        if base.N is None:
            return self._words.ngettext("%(n)d Antwort", "%(n)d Antworten", base.n) % {"n": base.n}
        if base.is_at_most:
            return self.say("%(n)d von höchstens %(N)d", n=base.n, N=base.N)
        return self.say("%(n)d von %(N)d", n=base.n, N=base.N)

    def have_answered(self, base: Base) -> str:
        """The base as a sentence."""
        if base.N is None:
            return self._words.ngettext(
                "%(n)d Person hat geantwortet.", "%(n)d Personen haben geantwortet.", base.n
            ) % {"n": base.n}
        return self._words.ngettext(
            "%(base)s hat geantwortet.", "%(base)s haben geantwortet.", base.n
        ) % {"base": self.base(base)}

    def texts(self, texts: int) -> str:
        """So many texts: texts, not people."""
        return self._words.ngettext("%(n)d Text", "%(n)d Texte", texts) % {"n": texts}

    def share(self, share: Share) -> str:
        """The share in percent, below 20 answers in persons."""
        return self.part(share.count, share.n)

    def part(self, count: int, n: int) -> str:
        """So many of so many, in percent, below 20 answers in persons."""
        return self.say("%(n)d von %(N)d", n=count, N=n) if n < FEW else self.percent(count / n)

    def uncertainty(self, share: Share) -> str:
        """The exact interval like ``71 bis 80 %``."""
        if share.interval is None:
            return ""
        low, high = (whole_percent(limit) for limit in share.interval)
        if low == high:
            return self.say("genau %(low)d\u202f%%", low=low)
        return self.say("%(low)d bis %(high)d\u202f%%", low=low, high=high)

    def bounds(self, share: Share) -> str:
        """What remains possible whatever the silent would have said."""
        if share.bounds is None or share.bounds[0] == share.bounds[1]:
            return ""
        low, high = (whole_percent(limit) for limit in share.bounds)
        return self.say("ohne Annahme %(low)d bis %(high)d\u202f%%", low=low, high=high)

    def suppression(self, why: Suppression) -> str:
        """Why figures are not shown."""
        match why:
            case "few" | "complement":
                return self.say("Aus Gründen der Anonymität nicht ausgewiesen.")
            case "everyone":
                return self.say(
                    "Alle haben geantwortet, und alle gleich. Die Zahlen würden jede Antwort verraten "
                    "und werden nicht ausgewiesen."
                )
            case "never_asked":
                return self.say("Danach wurde nicht gefragt.")

    def statement(self, statement: Statement) -> str:
        """One sentence of the first page, with its uncertainty."""
        facts = {
            name: value.in_language(self.language) if hasattr(value, "in_language") else value
            for name, value in statement.facts
        }
        text = self._words.gettext(statement.key) % facts
        if "around_low" in facts:
            return f"{text} " + self.say(
                "Unsicherheit: %(low)s bis %(high)s\u202f%%.",
                low=facts["around_low"],
                high=facts["around_high"],
            )
        if "low" not in facts:
            return text
        if facts["low"] == facts["high"]:
            return text
        return f"{text} " + self.say(
            "Unter allen Eingeladenen: %(low)s bis %(high)s\u202f%%.",
            low=facts["low"],
            high=facts["high"],
        )

    def description(self, finding: Finding) -> str:
        """The text alternative of a chart: every number that the chart draws."""
        question = finding.wording.in_language(self.language)
        opening = f"{question.rstrip('.')}{'' if question.endswith('?') else '.'} {self.have_answered(finding.base)}"
        if finding.suppressed:
            return f"{opening} {self.suppression(finding.suppressed)}"
        match finding:
            case ChoicesFinding():
                lines = ", ".join(
                    f"{c.label.in_language(self.language)} {c.count}" for c in finding.choices
                )
                text = self.say(
                    "Balken: %(opening)s %(lines)s.", opening=opening, lines=capitalised(lines)
                )
                return f"{text} {self.positive(finding)}".rstrip()
            case NumbersFinding():
                lines = ", ".join(
                    self._words.ngettext(
                        "%(count)d Person gab die %(number)d",
                        "%(count)d Personen gaben die %(number)d",
                        count,
                    )
                    % {"count": count, "number": number}
                    for number, count in enumerate(finding.counts)
                )
                return self.say("Säulen: %(opening)s %(lines)s.", opening=opening, lines=lines)
            case TextsFinding():
                return opening

    def positive(self, finding: ChoicesFinding) -> str:
        """The better half with its uncertainty, as a sentence; empty for questions without one."""
        if finding.positive is None or finding.positive_label is None:
            return ""
        label = capitalised(finding.positive_label.in_language(self.language))
        text = f"{label}: {self.share(finding.positive)}"
        uncertainty = self.uncertainty(finding.positive)
        if not uncertainty:
            return f"{text}."
        return f"{text} ({self.say('Unsicherheit')} {uncertainty})."


def capitalised(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]
