"""A whole comparison in sentences: what was compared with what, and what has to be thought of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exports.caution_words import CautionWords
from exports.comparison_values import THEME, ValueWords
from exports.finding_words import capitalised
from exports.verdict_words import VerdictWords
from survey.language.catalogue import catalogue
from survey.model.comparison import Verdict
from survey.model.edition_label import in_the_dative, when_it_was

if TYPE_CHECKING:
    from collections.abc import Sequence

    from survey.language.wording import Language
    from survey.model.comparison import ComparedEdition, Comparison, Line


_UNJUDGED = frozenset({Verdict.NOT_COMPARABLE, Verdict.TOO_FEW})
_SURE = frozenset({Verdict.BETTER, Verdict.WORSE, Verdict.MORE, Verdict.LESS, Verdict.SHIFTED})
_SAYING_MORE = frozenset({*_UNJUDGED, Verdict.SHIFTED})
"""Their sentences give a reason, or what the share alone does not show."""


class ComparisonWords:
    """How one language speaks of one comparison."""

    def __init__(self, comparison: Comparison, language: Language) -> None:
        self._comparison = comparison
        self.language = language
        self.labels = {edition.name: edition.label for edition in comparison.editions}
        self.values = ValueWords(language)
        self.verdicts = VerdictWords(self.values, labels=self.labels, family=comparison.family)
        self._words = catalogue(language)

    def say(self, message: str, **facts: object) -> str:
        """The message with its facts."""
        return self.values.say(message, **facts)

    def lead(self) -> str:
        """How many questions could be compared with which edition."""
        # Themes and topics are in the family too, and were not asked.
        compared = sum(c.questions for c in self._comparison.counts if c.verdict not in _UNJUDGED)
        message = self._words.ngettext(
            "%(newest)s verglichen mit %(base)s: %(n)d Frage wurde beide Male gleich gestellt und oft genug "
            "beantwortet.",
            "%(newest)s verglichen mit %(base)s: %(n)d Fragen wurden beide Male gleich gestellt und oft genug "
            "beantwortet.",
            compared,
        )
        return message % {
            "newest": self._comparison.newest.label,
            "base": in_the_dative(self._base.label).in_language(self.language),
            "n": compared,
        }

    def foremost(self) -> str:
        """What stands above the lines that matter most: never more than they say."""
        verdicts = {self._comparison.line(key).change.verdict for key in self._comparison.foremost}
        if verdicts & _SURE:
            return self.say("Was am meisten zählt")
        if Verdict.HINT in verdicts:
            return self.say("Was auffällt, aber nicht gesichert ist")
        return self.say("Das Gesamturteil")

    def sentence(self, line: Line) -> str:
        """What may be said about the change of a line, with its numbers."""
        return self.verdicts.sentence(line)

    def told(self, lines: Sequence[Line]) -> tuple[str, ...]:
        """The sentences of a question's options; those of which nothing can be said share one."""
        unclear = [line for line in lines if line.change.verdict is Verdict.UNCLEAR]
        if len(unclear) == len(lines):
            return (
                self.say(
                    "Bei keiner Antwort lässt sich sagen, ob sie mehr oder weniger geworden ist als %(base)s.",
                    base=when_it_was(self._base.label).in_language(self.language),
                ),
            )
        few = [
            line for line in lines if line.kind == THEME and line.change.verdict is Verdict.TOO_FEW
        ]
        # Options of a question that too few answered all have the same to say.
        sentences = list(
            dict.fromkeys(self.sentence(line) for line in lines if line not in (*unclear, *few))
        )
        if unclear:
            sentences.append(
                self.say(
                    "Unklar, ob sich etwas verändert hat: %(options)s.",
                    options=self._together(unclear),
                )
            )
        if few:
            sentences.append(
                self.say(
                    "In einer der Ausgaben zu wenige Texte für einen Vergleich: %(options)s.",
                    options=self._together(few),
                )
            )
        return tuple(sentences)

    def told_beyond_table(self, lines: Sequence[Line]) -> tuple[str, ...]:
        """The same beside a table that has the verdict and numbers of each option: what its rows cannot say."""
        if all(line.change.verdict is Verdict.UNCLEAR for line in lines):
            return self.told(lines)
        hints = [line for line in lines if line.change.verdict is Verdict.HINT]
        beyond = [line for line in lines if line.change.verdict in _SAYING_MORE]
        sentences = [*self.told(beyond)] if beyond else []
        if hints:
            only = self.say("Nur ein Hinweis: %(options)s.", options=self._together(hints))
            sentences.append(f"{only} {self.verdicts.chance()}")
        return tuple(sentences)

    def counted(self, line: Line) -> str:
        """What the values of a line are, as a heading."""
        label = line.label.in_language(self.language)
        match line.kind:
            case "rating" | "recommendation":
                return capitalised(label)
            case _:
                return self.say("„%(label)s“", label=label)

    def description(self, line: Line) -> str:
        """The text alternative of a line's chart: every number that the chart draws."""
        return self.values.description(line, self._labels_of_charts(), self.sentence(line))

    def cautions(self) -> tuple[str, ...]:
        """What has to be thought of beside the changes."""
        words = CautionWords(self.values, newest=self._comparison.newest, base=self._base)
        return tuple(words.sentence(caution) for caution in self._comparison.cautions)

    def sources(self, line: Line) -> str:
        """Where a line's numbers from elsewhere come from; empty where all were counted here."""
        shown = {p.edition for p in line.points if p.share is not None or p.score is not None}
        told = [
            self.say("%(edition)s: %(told)s", edition=edition.label, told=edition.source)
            for edition in self._comparison.editions
            if edition.source and edition.name in shown
        ]
        return self.say("Quelle %(sources)s.", sources="; ".join(told)) if told else ""

    def _together(self, lines: Sequence[Line]) -> str:
        return ", ".join(
            self.say("„%(label)s“", label=line.label.in_language(self.language)) for line in lines
        )

    def _labels_of_charts(self) -> dict[str, str]:
        """With their format where it is not always the same: there the chart has a mark."""
        editions = self._comparison.editions
        if len({edition.format for edition in editions}) == 1:
            return self.labels
        return {
            edition.name: f"{edition.label} ({self.values.format(edition)})" for edition in editions
        }

    @property
    def _base(self) -> ComparedEdition:
        return self._comparison.edition(self._comparison.base)
