"""The planning sheet in words: what a choice has decided, changes, evidence, and what the planners do."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from exports.caution_words import CautionWords
from exports.comparison_values import ValueWords
from exports.finding_words import FEW, FindingWords, capitalised, whole_percent
from exports.signed_numbers import signed
from exports.verdict_words import VerdictWords
from survey.model.planning import Course, Majority

if TYPE_CHECKING:
    from survey.model.comparison import Change, ComparedEdition
    from survey.model.planning import (
        Candidate,
        DecisionTable,
        OptionLine,
        PlanningSheet,
        Undecided,
        WishLine,
    )
    from survey.model.summary import Share

_HALF = 50
_NAMED_TOGETHER = 3
"""So many topics or questions are named in one sentence."""


class PlanningWords(FindingWords):
    """How one language speaks of what is planned from."""

    def property_name(self, table: DecisionTable) -> str:
        """What is decided, in a word; the question itself where it has none."""
        match table.code:
            case "next_format":
                return capitalised(self.say("Format"))
            case "rounds_wanted":
                return self.say("Workshop-Runden")
            case "length":
                return self.say("Länge")
            case "time_wanted":
                return self.say("Zeit")
            case "guest_talks_wanted":
                return self.say("Gastvorträge")
            case "pace":
                return self.say("Tempo")
            case "practice":
                return self.say("Übungszeit")
            case _:
                return table.wording.in_language(self.language)

    def participation(self, edition: ComparedEdition) -> str:
        """How many answered, as a sentence; empty where nobody knows."""
        if edition.answered is None:
            return ""
        n = self._words.number(edition.answered)
        if edition.invited is None:
            return self.say("Es gab %(n)s Antworten.", n=n)
        invited = self._words.number(edition.invited)
        if not edition.invited:
            return self.say(
                "%(n)s von %(invited)s Eingeladenen haben geantwortet.", n=n, invited=invited
            )
        return self.say(
            "%(n)s von %(invited)s Eingeladenen haben geantwortet (%(rate)s).",
            n=n,
            invited=invited,
            rate=self.percent(edition.answered / edition.invited),
        )

    def decided(self, majority: Majority) -> str:
        """What a choice between options has decided, in a few words."""
        match majority:
            case Majority.IN_ANY_CASE:
                return self.say("Mehrheit auch im ungünstigsten Fall")
            case Majority.CERTAIN:
                return self.say("Mehrheit gesichert")
            case Majority.LEADING:
                return self.say("Vorsprung gesichert, Mehrheit nicht")
            case Majority.OPEN:
                return self.say("Rangfolge offen")
            case Majority.WITHHELD:
                return self.say("Nicht ausgewiesen")
            case _:
                assert_never(majority)

    def decision(self, table: DecisionTable) -> str:
        """The same as a sentence with its numbers; why there are none where they are withheld."""
        beside = self._left_to_others(table)
        return f"{self._decision(table)} {beside}" if beside else self._decision(table)

    def _left_to_others(self, table: DecisionTable) -> str:
        """Those who leave the choice to others, where they are more than chose what leads; empty elsewhere."""
        most = max((o.count for o in table.options if o.code in table.leaders), default=0)
        more = [o for o in table.options if o.code not in table.leaders and o.count > most]
        if not table.leaders or not more:
            return ""
        return self.say(
            "Noch mehr antworten %(options)s.",
            options=self.together([self._named(option) for option in more]),
        )

    def _decision(self, table: DecisionTable) -> str:
        by_code = {option.code: option for option in table.options}
        leaders = tuple(by_code[code] for code in table.leaders)
        if table.suppressed or table.majority is Majority.WITHHELD:
            return self.suppression(table.suppressed or "few")
        if not leaders:
            return self.say("Die Rangfolge ist offen.")
        first = self._measured(leaders[0])
        match table.majority:
            case Majority.IN_ANY_CASE:
                return self.say(
                    "Eine Mehrheit antwortet %(first)s, selbst im ungünstigsten Fall.",
                    first=first,
                )
            case Majority.CERTAIN:
                return self.say("Eine gesicherte Mehrheit antwortet %(first)s.", first=first)
            case Majority.LEADING if _is_below_half(leaders[0].share):
                return self.say(
                    "Gesichert vorn, mit weniger als der Hälfte, liegt %(first)s.", first=first
                )
            case Majority.LEADING:
                return self.say(
                    "Gesichert vorn liegt %(first)s; ob mit Mehrheit, bleibt offen.",
                    first=first,
                )
            case Majority.OPEN:
                return self.say(
                    "Die Rangfolge von %(leaders)s ist offen: Ihre Unsicherheiten überschneiden sich.",
                    leaders=self.together([self._named(o) for o in leaders]),
                )
            case _:
                assert_never(table.majority)

    def together(self, parts: list[str]) -> str:
        """``a, b und c``."""
        if len(parts) < 2:  # noqa: PLR2004 -- nothing to join
            return "".join(parts)
        return self.say("%(parts)s und %(last)s", parts=", ".join(parts[:-1]), last=parts[-1])

    def aloud(self, sheet: PlanningSheet) -> tuple[tuple[str, str], ...]:
        """What an official reads out, sentence by sentence, each with what it is about."""
        return (
            *(
                (self.property_name(t), self.decision(t))
                for t in sheet.tables
                if t.majority is not Majority.WITHHELD
            ),
            *self._wished(sheet.topics),
            *self._spoken_of(sheet.themes),
            *self._looked_at(sheet),
        )

    def answers_needed(self, undecided: Undecided) -> str:
        """How many answers would have decided it; empty where answers are not what is missing."""
        if undecided.answers_had is None:
            return ""
        if undecided.answers_needed is None:
            return self.say(
                "Es bliebe offen, auch wenn alle in gleichen Anteilen geantwortet hätten."
            )
        return self.say(
            "Bei gleichen Anteilen nötig: %(needed)d Antworten; es gab %(had)d.",
            needed=undecided.answers_needed,
            had=undecided.answers_had,
        )

    def course(self, course: Course) -> str:
        """What the planners do about something."""
        match course:
            case Course.KEEP:
                return self.say("Beibehalten")
            case Course.CHANGE:
                return self.say("Ändern")
            case Course.DROP:
                return self.say("Weglassen")
            case _:
                assert_never(course)

    def with_count(self, count: int, n: int) -> str:
        """The share with its count; below 20 answers the count says it all."""
        part = self.part(count, n)
        return part if n < FEW else f"{part} ({count})"

    def bare_bounds(self, share: Share) -> str:
        """What remains possible whatever the silent would have said: ``33 bis 90 %``."""
        if share.bounds is None:
            return ""
        low, high = (whole_percent(limit) for limit in share.bounds)
        return self.say("%(low)d bis %(high)d\u202f%%", low=low, high=high)

    def took_part(self, group: str, people: int) -> str:
        """So many of those who answered took part in that way."""
        return self.say("%(group)s dabei (%(n)d)", group=group, n=people)

    def wished_by(self, people: int) -> str:
        """Of how many people the topics are."""
        return self._words.ngettext(
            "%(n)d Person hat geantwortet.", "%(n)d Personen haben geantwortet.", people
        ) % {"n": people}

    def verdict(self, change: Change) -> str:
        """What may be said about a change, in a word or two."""
        return VerdictWords(ValueWords(self.language), labels={}, family=0).verdict(change.verdict)

    def points(self, change: Change) -> str:
        """The difference in points with its span; empty where nothing is compared."""
        if change.points is None or change.span is None:
            return ""
        return self.say(
            "%(points)s (%(low)s bis %(high)s)",
            points=signed(change.points),
            low=signed(change.span[0]),
            high=signed(change.span[1]),
        )

    def change(self, change: Change) -> str:
        """What may be said about a change, with its points where there are any."""
        verdict = self.verdict(change)
        if change.points is None or change.span is None:
            return verdict
        values = ValueWords(self.language)
        return self.say(
            "%(verdict)s, %(points)s (%(span)s)",
            verdict=verdict,
            points=values.points(change.points),
            span=values.span(change.span),
        )

    def cautions(self, sheet: PlanningSheet) -> tuple[str, ...]:
        """What has to be said beside the changes to the base edition."""
        if sheet.base is None:
            return ()
        words = CautionWords(ValueWords(self.language), newest=sheet.edition, base=sheet.base)
        return tuple(words.sentence(caution) for caution in sheet.cautions)

    def counted(self, line: WishLine) -> str:
        """How many wish for it; of texts, how many speak of it."""
        if line.subject.startswith("theme:"):
            return self.say("%(n)d von %(N)d", n=line.count, N=line.of)
        return self.with_count(line.count, line.of)

    def _measured(self, option: OptionLine) -> str:
        uncertainty = self.uncertainty(option.share)
        if not uncertainty:
            return self._named(option)
        return self.say(
            "„%(option)s“ (%(share)s, Unsicherheit %(uncertainty)s)",
            option=option.label.in_language(self.language),
            share=self._of_how_many(option.share),
            uncertainty=uncertainty,
        )

    def _named(self, option: OptionLine) -> str:
        label = option.label.in_language(self.language)
        return self._in_quotes(label, self._of_how_many(option.share))

    def _of_how_many(self, share: Share) -> str:
        if share.n < FEW:
            return self.share(share)
        return self.say("%(share)s von %(n)d", share=self.share(share), n=share.n)

    def _rated(self, candidate: Candidate) -> str:
        """Who rated what how, as part of a sentence; questions of other forms stand in quotes."""
        question = candidate.wording.in_language(self.language)
        label = candidate.label.in_language(self.language)
        number = self._of_how_many(candidate.share)
        before = self.say("Wie bewerten Sie ")
        if not question.startswith(before) or label != self.say("gut oder sehr gut"):
            return self._in_quotes(question, f"{number} {label}")
        return self.say(
            "%(number)s bewerten %(what)s gut oder sehr gut",
            number=number,
            what=question.removeprefix(before).rstrip("?"),
        )

    def _in_quotes(self, name: str, number: str) -> str:
        return self.say("„%(name)s“ (%(number)s)", name=name, number=number)

    def _wished(self, topics: tuple[WishLine, ...]) -> list[tuple[str, str]]:
        first = self._foremost(topics)
        if not first:
            return []
        said = self.say(
            "Am häufigsten, von %(of)d Personen: %(topics)s.",
            of=topics[0].of,
            topics=self.together(first),
        )
        return [(self.say("Gewünschte Themen"), said)]

    def _spoken_of(self, themes: tuple[WishLine, ...]) -> list[tuple[str, str]]:
        first = self._foremost(themes)
        if not first:
            return []
        said = self.say(
            "Am häufigsten in %(of)d Texten: %(themes)s.",
            of=themes[0].of,
            themes=self.together(first),
        )
        return [(self.say("Texte"), said)]

    def _looked_at(self, sheet: PlanningSheet) -> list[tuple[str, str]]:
        """What to look at, what was rated well, and how much stays open."""
        told = []
        if sheet.candidates:
            rated = self.together([self._rated(c) for c in sheet.candidates])
            told.append((self.say("Zu prüfen"), f"{rated}."))
        if sheet.to_keep:
            rated = self.together([self._rated(c) for c in sheet.to_keep[:_NAMED_TOGETHER]])
            told.append((self.say("Gut bewertet"), f"{rated}."))
        if sheet.undecided:
            left = self._words.ngettext(
                "%(n)d Punkt lässt sich mit diesen Antworten nicht entscheiden.",
                "%(n)d Punkte lassen sich mit diesen Antworten nicht entscheiden.",
                len(sheet.undecided),
            ) % {"n": len(sheet.undecided)}
            told.append((self.say("Offen"), left))
        return told

    def _foremost(self, lines: tuple[WishLine, ...]) -> list[str]:
        """Those counted more often than whatever comes after them: equal ones stand together or not at all."""
        ranked = sorted((line for line in lines if line.count), key=lambda line: -line.count)
        rest = ranked[_NAMED_TOGETHER].count if len(ranked) > _NAMED_TOGETHER else 0
        return [
            self._in_quotes(line.label.in_language(self.language), str(line.count))
            for line in ranked[:_NAMED_TOGETHER]
            if line.count > rest
        ]


def _is_below_half(share: Share) -> bool:
    """True if all that is printed of its interval lies below one half."""
    return share.interval is not None and whole_percent(share.interval[1]) < _HALF
