"""A whole comparison in sentences: what was compared with what, and what has to be thought of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exports.comparison_values import ValueWords
from exports.finding_words import capitalised
from exports.verdict_words import VerdictWords
from survey.language.catalogue import catalogue
from survey.model.comparison import Caution, Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from survey.language.wording import Language
    from survey.model.comparison import ComparedEdition, Comparison, Line


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
        message = self._words.ngettext(
            "%(newest)s verglichen mit %(base)s: %(n)d Frage wurde beide Male gleich gestellt und oft genug "
            "beantwortet.",
            "%(newest)s verglichen mit %(base)s: %(n)d Fragen wurden beide Male gleich gestellt und oft genug "
            "beantwortet.",
            self._comparison.family,
        )
        return message % {
            "newest": self._comparison.newest.label,
            "base": self._base.label,
            "n": self._comparison.family,
        }

    def sentence(self, line: Line) -> str:
        """What may be said about the change of a line, with its numbers."""
        return self.verdicts.sentence(line)

    def told(self, lines: Sequence[Line]) -> tuple[str, ...]:
        """The sentences of a question's options; those of which nothing can be said share one."""
        unclear = [line for line in lines if line.change.verdict is Verdict.UNCLEAR]
        sentences = [self.sentence(line) for line in lines if line not in unclear]
        if len(unclear) == len(lines):
            return (
                self.say(
                    "Bei keiner Antwort lässt sich sagen, ob sie mehr oder weniger geworden ist als %(base)s.",
                    base=self._base.label,
                ),
            )
        if unclear:
            names = ", ".join(f"„{line.label.in_language(self.language)}“" for line in unclear)
            sentences.append(
                self.say(
                    "Unklar, ob sich etwas verändert hat: %(options)s.",
                    options=names,
                )
            )
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
        return tuple(self._caution(caution) for caution in self._comparison.cautions)

    def sources(self, line: Line) -> str:
        """Where a line's numbers from elsewhere come from; empty where all were counted here."""
        shown = {p.edition for p in line.points if p.share is not None or p.score is not None}
        told = [
            self.say("%(edition)s: %(told)s", edition=edition.label, told=edition.source)
            for edition in self._comparison.editions
            if edition.source and edition.name in shown
        ]
        return self.say("Quelle %(sources)s.", sources="; ".join(told)) if told else ""

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

    def _caution(self, caution: Caution) -> str:
        newest, base = self._comparison.newest, self._base
        match caution:
            case Caution.OTHER_FORMAT:
                return self.say(
                    "Das Format war ein anderes: %(base)s %(old)s, %(newest)s %(new)s. Es ist nicht das Einzige, was "
                    "anders war: Keine Veränderung lässt sich ihm allein zuschreiben.",
                    base=base.label,
                    old=self.values.format(base),
                    newest=newest.label,
                    new=self.values.format(newest),
                )
            case Caution.RESPONSE_GAP:
                return self.say(
                    "Es haben verschieden viele geantwortet, %(base)s: %(old)s, %(newest)s: %(new)s. Wer das eine Mal "
                    "geschwiegen hat, kann das andere Mal geantwortet haben.",
                    base=base.label,
                    old=self.values.took_part(base),
                    newest=newest.label,
                    new=self.values.took_part(newest),
                )
            case Caution.OTHER_TOOL:
                return self._other_tool(base, newest)
            case Caution.UNKNOWN_POPULATION:
                unknown = [e.label for e in (base, newest) if e.invited is None]
                return self.say(
                    "Wie viele hätten antworten können, weiß niemand (%(editions)s). Dort gibt es keine Rücklaufquote "
                    "und keine Spanne „ohne Annahme“.",
                    editions=", ".join(unknown or [base.label]),
                )

    def _other_tool(self, base: ComparedEdition, newest: ComparedEdition) -> str:
        elsewhere = [edition for edition in (base, newest) if edition.source]
        if not elsewhere:
            return self.say(
                "Der Fragebogen sah %(base)s anders aus als %(newest)s. Manche Unterschiede können auch daher kommen.",
                base=base.label,
                newest=newest.label,
            )
        return self.say(
            "Mit einem anderen Werkzeug gefragt wurde: %(editions)s. Manche Unterschiede können auch daher kommen.",
            editions=", ".join(f"{edition.label} ({edition.source})" for edition in elsewhere),
        )
