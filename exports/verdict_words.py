"""Verdicts in sentences, and what has to be said beside them. No sentence says what a change came from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exports.comparison_values import RATING, THEME, VALUED
from survey.language.catalogue import catalogue
from survey.model.comparison import Break, Verdict
from survey.model.edition_label import in_the_dative, when_it_was
from survey.statistics.interval import SMALLEST_BASE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from exports.comparison_values import ValueWords
    from survey.language.wording import Wording
    from survey.model.comparison import Change, Line, Point

_MOVED = frozenset({Verdict.BETTER, Verdict.WORSE, Verdict.MORE, Verdict.LESS, Verdict.SMALL})


class VerdictWords:
    """How one language speaks of changes between editions of one comparison."""

    def __init__(self, values: ValueWords, *, labels: Mapping[str, str], family: int) -> None:
        self._values = values
        self._labels = labels
        self._family = family
        self._words = catalogue(values.language)

    def say(self, message: str, **facts: object) -> str:
        """The message with its facts."""
        return self._values.say(message, **facts)

    def verdict(self, verdict: Verdict) -> str:
        """The verdict in a word or two."""
        return {
            Verdict.NOT_COMPARABLE: self.say("nicht vergleichbar"),
            Verdict.TOO_FEW: self.say("zu wenige Antworten"),
            Verdict.BETTER: self.say("besser"),
            Verdict.WORSE: self.say("schlechter"),
            Verdict.MORE: self.say("mehr"),
            Verdict.LESS: self.say("weniger"),
            Verdict.SHIFTED: self.say("verschoben"),
            Verdict.HINT: self.say("nur ein Hinweis"),
            Verdict.SAME: self.say("praktisch unverändert"),
            Verdict.SMALL: self.say("klein, aber messbar"),
            Verdict.UNCLEAR: self.say("unklar"),
        }[verdict]

    def meaning(self, verdict: Verdict) -> str:
        """When that verdict is given, in a sentence."""
        return {
            Verdict.NOT_COMPARABLE: self.say(
                "Die Frage stand nur in einer der Ausgaben oder war eine andere."
            ),
            Verdict.TOO_FEW: self.say(
                "In einer der Ausgaben weniger als 10 oder nicht genug, um Zahlen auszuweisen."
            ),
            Verdict.BETTER: self.say(
                "Gesichert und nicht nur klein; die ganze Spanne liegt über null."
            ),
            Verdict.WORSE: self.say(
                "Gesichert und nicht nur klein; die ganze Spanne liegt unter null."
            ),
            Verdict.MORE: self.say("Ebenso gesichert, wo mehr weder gut noch schlecht ist."),
            Verdict.LESS: self.say("Ebenso gesichert, wo weniger weder gut noch schlecht ist."),
            Verdict.SHIFTED: self.say(
                "Die Antworten haben sich gesichert bewegt, der gezeigte Anteil nicht."
            ),
            Verdict.HINT: self.say("Allein auffällig; bei so vielen Prüfungen vielleicht Zufall."),
            Verdict.SAME: self.say("Die ganze Spanne liegt zwischen −5 und +5 Punkten."),
            Verdict.SMALL: self.say("Gesichert, aber zu klein, um viel daraus zu machen."),
            Verdict.UNCLEAR: self.say(
                "Die Antworten reichen nicht, um das eine oder das andere zu sagen."
            ),
        }[verdict]

    def sentence(self, line: Line) -> str:
        """What may be said about the change of a line, with its numbers."""
        newer = line.points[-1]
        older = next((p for p in line.points if p.edition == line.change.base), newer)
        return self.between(line, line.change, older=older, newer=newer)

    def between(self, line: Line, change: Change, *, older: Point, newer: Point) -> str:
        """The same for any two points that a change lies between."""
        base = self._labels.get(change.base, "")
        match change.verdict:
            case Verdict.NOT_COMPARABLE:
                asked = self._labels.get(newer.edition, "") if newer.base is None else base
                if line.kind == "theme" and change.reason is Break.NOT_ASKED:
                    return self.say(
                        "Nicht vergleichbar: In der Ausgabe %(base)s wurden die Texte nicht nach Themen gezählt.",
                        base=asked,
                    )
                return self._not_comparable(change, base=base, asked=asked)
            case Verdict.TOO_FEW:
                return self._too_few(line, older, newer, base=base)
            case Verdict.SAME | Verdict.UNCLEAR:
                both = self._with_the_older(line, older, newer=newer, base=base)
                return self._undecided(change, both=both, base=base)
            case _:
                pair = f"{self._instead(line, older, newer=newer)}{self._extent(line, change, older, newer)}"
                return self._decided(line, change, pair=pair, base=base)

    def chance(self) -> str:
        """Why a hint is no more than that."""
        return self._words.ngettext(
            "Auch das kann Zufall sein.",
            "Bei %(family)d Prüfungen kann das Zufall sein.",
            self._family,
        ) % {"family": self._family}

    def additions(self, line: Line) -> tuple[str, ...]:
        """What has to be said beside the sentence: the silent, a census, the trend."""
        told = (self._the_silent(line), self._everybody(line), self._trend(line))
        return tuple(text for text in told if text)

    # --- pairs of values ---------------------------------------------------------------------------

    def _instead(self, line: Line, older: Point, *, newer: Point) -> str:
        facts = self._facts(line, older, newer=newer)
        match line.kind:
            case "rating":
                return self.say("%(new)s statt %(old)s %(label)s", **facts)
            case "recommendation":
                return self.say("%(label)s %(new)s statt %(old)s", **facts)
            case "theme":
                return self.say("%(new)s statt %(old)s Texten zu „%(label)s“", **facts)
            case _:
                return self.say("%(new)s statt %(old)s für „%(label)s“", **facts)

    def _with_the_older(self, line: Line, older: Point, *, newer: Point, base: str) -> str:
        facts = {**self._facts(line, older, newer=newer), "base": base}
        match line.kind:
            case "rating":
                return self.say("%(new)s %(label)s (%(base)s: %(old)s)", **facts)
            case "recommendation":
                return self.say("%(label)s %(new)s (%(base)s: %(old)s)", **facts)
            case "theme":
                return self.say("%(new)s Texten zu „%(label)s“ (%(base)s: %(old)s)", **facts)
            case _:
                return self.say("%(new)s für „%(label)s“ (%(base)s: %(old)s)", **facts)

    def _facts(self, line: Line, older: Point, *, newer: Point) -> dict[str, object]:
        return {
            "new": self._values.value(newer, line.kind),
            "old": self._values.value(older, line.kind),
            "label": line.label.in_language(self._values.language),
        }

    def _extent(self, line: Line, change: Change, older: Point, newer: Point) -> str:
        if change.points is None:
            return ""
        points = self._values.points(change.points)
        if self._values.printed_difference(older, newer, line.kind) not in {None, change.points}:
            # Whoever subtracts the printed numbers would find another difference.
            points = self.say("ungerundet gerechnet %(points)s", points=points)
        if change.span is None:
            return f" ({points})"
        span = self._values.span(change.span)
        return self.say(" (%(points)s, Spanne %(span)s)", points=points, span=span)

    # --- verdict by verdict --------------------------------------------------------------------------

    def _not_comparable(self, change: Change, *, base: str, asked: str) -> str:
        match change.reason:
            case Break.NOT_ASKED:
                return self.say(
                    "Nicht vergleichbar: In der Ausgabe %(base)s wurde das nicht gefragt.",
                    base=asked,
                )
            case Break.NOT_SHOWN:
                return self.say(
                    "Nicht vergleichbar: Die Zahlen werden aus Gründen der Anonymität nicht ausgewiesen."
                )
            case Break.OTHER_KIND:
                return self.say(
                    "Nicht vergleichbar: In der Ausgabe %(base)s war es eine Frage anderer Art.",
                    base=base,
                )
            case Break.OTHER_WORDING:
                return self.say(
                    "Nicht vergleichbar: In der Ausgabe %(base)s war die Frage anders formuliert.",
                    base=base,
                )
            case Break.OTHER_SCALE:
                return self.say(
                    "Nicht vergleichbar: In der Ausgabe %(base)s standen andere Antworten zur Wahl.",
                    base=base,
                )
            case Break.OTHER_PEOPLE:
                return self.say(
                    "Nicht vergleichbar: In der Ausgabe %(base)s wurden andere Personen gefragt.",
                    base=base,
                )
            case None:
                return self.say("Nicht vergleichbar mit %(base)s.", base=self._dative(base))

    def _too_few(self, line: Line, older: Point, newer: Point, *, base: str) -> str:
        if line.kind == THEME:
            # There were texts enough, but in one of the editions too few of them spoke of it.
            return self.say(
                "In einer der Ausgaben zu wenige Texte zu „%(label)s“ für einen Vergleich mit %(base)s.",
                label=line.label.in_language(self._values.language),
                base=self._dative(base),
            )
        if older.base is None or newer.base is None:
            return self.say(
                "Zu wenige Antworten für einen Vergleich mit %(base)s.", base=self._dative(base)
            )
        return self.say(
            "Zu wenige Antworten für einen Vergleich mit %(compared)s (%(new)s; %(base)s: %(old)s).",
            compared=self._dative(base),
            base=base,
            new=self._values.told_base(newer.base, line.kind),
            old=self._values.told_base(older.base, line.kind),
        )

    def _undecided(self, change: Change, *, both: str, base: str) -> str:
        base = self._dative(base)
        if change.span is None:
            return self.say(
                "Unklar, ob sich gegenüber %(base)s etwas verändert hat: %(both)s.",
                base=base,
                both=both,
            )
        span = self._values.span(change.span)
        if change.verdict is Verdict.SAME:
            most = max(map(abs, change.span))
            message = self._words.ngettext(
                "Praktisch unverändert gegenüber %(base)s: %(both)s. Die Veränderung beträgt höchstens %(most)d Punkt "
                "(Spanne %(span)s).",
                "Praktisch unverändert gegenüber %(base)s: %(both)s. Die Veränderung beträgt höchstens %(most)d Punkte "
                "(Spanne %(span)s).",
                most,
            )
            return message % {"base": base, "both": both, "most": most, "span": span}
        return self.say(
            "Unklar, ob sich gegenüber %(base)s etwas verändert hat: %(both)s. Jede Veränderung von %(span)s Punkten "
            "ist mit den Antworten vereinbar.",
            base=base,
            both=both,
            span=span,
        )

    def _decided(self, line: Line, change: Change, *, pair: str, base: str) -> str:
        when = self._name(when_it_was(base))
        match change.verdict:
            case Verdict.BETTER:
                return self.say("Besser als %(base)s: %(pair)s.", base=when, pair=pair)
            case Verdict.WORSE:
                return self.say("Schlechter als %(base)s: %(pair)s.", base=when, pair=pair)
            case Verdict.MORE:
                return self.say("Mehr als %(base)s: %(pair)s.", base=when, pair=pair)
            case Verdict.LESS:
                return self.say("Weniger als %(base)s: %(pair)s.", base=when, pair=pair)
            case Verdict.SMALL:
                return self.say(
                    "Kleine, aber messbare Veränderung gegenüber %(base)s: %(pair)s.",
                    base=self._dative(base),
                    pair=pair,
                )
            case Verdict.SHIFTED:
                shift = self._shift(line, change, base=base)
                if change.span is not None and (change.span[0] > 0 or change.span[1] < 0):
                    return self.say(
                        "%(shift)s Der gezeigte Wert ging in die andere Richtung: %(pair)s.",
                        shift=shift,
                        pair=pair,
                    )
                return self.say(
                    "%(shift)s Der gezeigte Wert ist nicht gesichert verändert: %(pair)s.",
                    shift=shift,
                    pair=pair,
                )
            case _:
                return f"{self._hint(line, change, base=base)}: {pair}. {self.chance()}"

    def _shift(self, line: Line, change: Change, *, base: str) -> str:
        base = self._dative(base)
        match _way(change) if line.kind in VALUED else 0:
            case 1:
                return self.say(
                    "Die Antworten haben sich gegenüber %(base)s zum Besseren verschoben.",
                    base=base,
                )
            case -1:
                return self.say(
                    "Die Antworten haben sich gegenüber %(base)s zum Schlechteren verschoben.",
                    base=base,
                )
            case _:
                return self.say(
                    "Die Antworten haben sich gegenüber %(base)s verschoben.", base=base
                )

    def _hint(self, line: Line, change: Change, *, base: str) -> str:
        way = _way(change)
        if change.points and change.points * way < 0:
            # Answers went one way and the printed value the other: only that they moved may be said.
            way = 0
        when, base = self._name(when_it_was(base)), self._dative(base)
        match way, line.kind in VALUED:
            case 1, True:
                return self.say("Hinweis auf eine Verbesserung gegenüber %(base)s", base=base)
            case -1, True:
                return self.say("Hinweis auf eine Verschlechterung gegenüber %(base)s", base=base)
            case 1, False:
                return self.say("Hinweis auf einen größeren Anteil als %(base)s", base=when)
            case -1, False:
                return self.say("Hinweis auf einen kleineren Anteil als %(base)s", base=when)
            case _:
                return self.say("Hinweis auf eine Verschiebung gegenüber %(base)s", base=base)

    # --- beside the sentence -------------------------------------------------------------------------

    def _the_silent(self, line: Line) -> str:
        change = line.change
        if change.verdict not in _MOVED:
            return ""
        if change.is_robust:
            return self.say(
                "Das gilt auch im ungünstigsten Fall: gleich, was die Schweigenden beider Ausgaben geantwortet hätten."
            )
        if line.kind not in {RATING, "single", "multiple", "yes_no"}:
            return ""
        facts: dict[str, object] = {
            "newest": self._labels[line.points[-1].edition],
            "label": line.label.in_language(self._values.language),
        }
        if change.holds_against_silence:
            return self._in_spite_of_silence(change, facts)
        if change.tipping is None:
            return ""
        facts["percent"] = change.tipping.percent
        if change.direction < 0:
            return self.say(
                "Das Ergebnis würde sich umkehren, wenn von denen, die in der Ausgabe %(newest)s nicht geantwortet "
                "haben, mehr als %(percent)d\u202f%% „%(label)s“ gesagt hätten.",
                **facts,
            )
        return self.say(
            "Das Ergebnis würde sich umkehren, wenn von denen, die in der Ausgabe %(newest)s nicht geantwortet "
            "haben, weniger als %(percent)d\u202f%% „%(label)s“ gesagt hätten.",
            **facts,
        )

    def _in_spite_of_silence(self, change: Change, facts: dict[str, object]) -> str:
        if change.direction < 0:
            return self.say(
                "Es bliebe dabei, selbst wenn alle, die in der Ausgabe %(newest)s nicht geantwortet haben, „%(label)s“ "
                "gesagt hätten.",
                **facts,
            )
        return self.say(
            "Es bliebe dabei, selbst wenn niemand von denen, die in der Ausgabe %(newest)s nicht geantwortet haben, "
            "„%(label)s“ gesagt hätte.",
            **facts,
        )

    def _name(self, edition: Wording) -> str:
        return edition.in_language(self._values.language)

    def _dative(self, label: str) -> str:
        return self._name(in_the_dative(label))

    def _everybody(self, line: Line) -> str:
        sides = {line.change.base, line.points[-1].edition}
        bases = [point.base for point in line.points if point.edition in sides]
        compared = line.change.verdict not in {Verdict.NOT_COMPARABLE, Verdict.TOO_FEW}
        if compared and bases and all(b is not None and b.n == b.N for b in bases):
            return self.say(
                "In beiden Ausgaben haben alle geantwortet; über den Befund entscheidet allein die Größe der "
                "Veränderung."
            )
        return ""

    def _trend(self, line: Line) -> str:
        if line.trend is None:
            return ""
        # The trend was judged over these alone: fewer answers make no point of it.
        shown = sum(
            p.base is not None
            and p.base.n >= SMALLEST_BASE
            and (p.share is not None or p.score is not None)
            for p in line.points
        )
        if line.trend == "rising":
            return self.say("Über %(editions)d vergleichbare Ausgaben steigend.", editions=shown)
        return self.say("Über %(editions)d vergleichbare Ausgaben fallend.", editions=shown)


def _way(change: Change) -> int:
    """Which way the answers went: of the whole distribution where it was judged, else of the share."""
    if change.delta:
        return 1 if change.delta > 0 else -1
    return change.direction
