"""The values of a comparison in words and whole numbers: points of a line, editions, differences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exports.finding_words import FEW, FindingWords, capitalised, whole_percent
from exports.signed_numbers import signed
from survey.language.catalogue import catalogue
from survey.model.comparison import Break
from survey.model.event import EditionFormat

if TYPE_CHECKING:
    from survey.language.wording import Language
    from survey.model.comparison import ComparedEdition, Line, Point
    from survey.model.summary import Base

RATING = "rating"
SCORE = "recommendation"
THEME = "theme"
VALUED = frozenset({RATING, SCORE})
"""Kinds of questions where more is better."""


class ValueWords:
    """How one language speaks of the values that are compared."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.findings = FindingWords(language)
        self._words = catalogue(language)

    def say(self, message: str, **facts: object) -> str:
        """The message with its facts."""
        return self.findings.say(message, **facts)

    def value(self, point: Point, kind: str) -> str:
        """The share in percent (below 20 answers in persons) or the score; empty where there is none."""
        if point.score is not None:
            return signed(whole_percent(point.score))
        if point.share is None:
            return ""
        if kind == THEME:
            return self.say("%(n)d von %(N)d", n=point.share.count, N=point.share.n)
        return self.findings.share(point.share)

    def figure(self, point: Point, kind: str) -> str:
        """The value as a bare number for charts; empty where persons or texts are counted."""
        if point.score is not None:
            return self.value(point, kind)
        if point.share is None or kind == THEME or point.share.n < FEW:
            return ""
        return str(whole_percent(point.share.share))

    def uncertainty(self, point: Point) -> str:
        """The exact interval of a share or a score."""
        if point.score_interval is not None:
            return self._between(point.score_interval)
        return self.findings.uncertainty(point.share) if point.share else ""

    def bounds(self, point: Point) -> str:
        """What remains possible without any assumption; empty where nothing is left open or nobody knows."""
        if point.score_bounds is not None:
            return self._between(point.score_bounds)
        if point.share is None or point.share.bounds is None:
            return ""
        low, high = (whole_percent(limit) for limit in point.share.bounds)
        return self.say("%(low)d bis %(high)d\u202f%%", low=low, high=high) if low < high else ""

    def base(self, point: Point, kind: str) -> str:
        """How many answered, or how many texts there were; empty where it was not asked."""
        if point.base is None:
            return ""
        if kind == THEME:
            return self.told_base(point.base, kind)
        # Under a heading that says "answers" the bare number is enough where nobody knows of how many.
        return str(point.base.n) if point.base.N is None else self.findings.base(point.base)

    def told_base(self, base: Base, kind: str) -> str:
        """The same within a sentence."""
        return self.findings.texts(base.n) if kind == THEME else self.findings.base(base)

    def missing(self, point: Point, kind: str = "") -> str:
        """Why a point of a line of that kind has no value; empty where it has one."""
        not_asked = (
            self.say("nicht nach Themen gezählt") if kind == "theme" else self.say("nicht gefragt")
        )
        if point.broken is not None:
            return {
                Break.NOT_ASKED: not_asked,
                Break.OTHER_KIND: self.say("nicht vergleichbar: andere Art von Frage"),
                Break.OTHER_WORDING: self.say("nicht vergleichbar: anders formuliert"),
                Break.OTHER_SCALE: self.say("nicht vergleichbar: andere Antworten zur Wahl"),
                Break.OTHER_PEOPLE: self.say("nicht vergleichbar: andere Personen gefragt"),
                Break.NOT_SHOWN: self.say("nicht ausgewiesen"),
            }[point.broken]
        if point.share is not None or point.score is not None:
            return ""
        if point.base is None:
            return not_asked
        return self.say("nicht ausgewiesen")

    def format(self, edition: ComparedEdition) -> str:
        """How people took part."""
        return {
            EditionFormat.ON_SITE: self.say("vor Ort"),
            EditionFormat.ONLINE: self.say("online"),
            EditionFormat.HYBRID: self.say("hybrid"),
        }[edition.format]

    def took_part(self, edition: ComparedEdition) -> str:
        """How many of an edition answered; a rate only where everybody who could have is known."""
        if edition.answered is None:
            return self.say("unbekannt")
        if not edition.invited or edition.answered > edition.invited:
            return self._words.ngettext("%(n)d Antwort", "%(n)d Antworten", edition.answered) % {
                "n": edition.answered
            }
        return self.say(
            "%(n)d von %(N)d (%(rate)s)",
            n=edition.answered,
            N=edition.invited,
            rate=self.findings.percent(edition.answered / edition.invited),
        )

    def points(self, points: int) -> str:
        """A difference like ``+12 Punkte``."""
        message = self._words.ngettext("%(points)s Punkt", "%(points)s Punkte", abs(points))
        # A number stays with what it counts.
        return (message % {"points": signed(points)}).replace(" ", "\u00a0")

    def span(self, span: tuple[int, int]) -> str:
        """An interval of a difference like ``+5 bis +19``."""
        return self.say("%(low)s bis %(high)s", low=signed(span[0]), high=signed(span[1]))

    def printed_difference(self, older: Point, newer: Point, kind: str) -> int | None:
        """What whoever subtracts the printed numbers gets; None where counts are printed."""
        if older.score is not None and newer.score is not None:
            return whole_percent(newer.score) - whole_percent(older.score)
        shares = (older.share, newer.share)
        if kind == THEME or any(share is None or share.n < FEW for share in shares):
            return None
        old, new = (whole_percent(share.share) for share in shares if share)
        return new - old

    def description(self, line: Line, labels: dict[str, str], sentence: str) -> str:
        """The text alternative of a line's chart: every number that the chart draws."""
        question = line.wording.in_language(self.language)
        label = capitalised(line.label.in_language(self.language))
        asked = question if question.endswith(("?", "!", ".")) else f"{question}."
        return self.say(
            "Linie: %(question)s %(points)s. %(sentence)s",
            # Where nothing is shown, nothing is counted.
            question=f"{asked} {label}." if label else asked,
            points="; ".join(self._told(p, line.kind, labels[p.edition]) for p in line.points),
            sentence=sentence,
        ).rstrip()

    def _told(self, point: Point, kind: str, edition: str) -> str:
        missing = self.missing(point, kind)
        if missing:
            return self.say("%(edition)s: %(told)s", edition=edition, told=missing)
        told = [
            self.say("Unsicherheit %(interval)s", interval=interval)
            for interval in [self.uncertainty(point)]
            if interval
        ]
        told += [
            self.say("ohne Annahme %(bounds)s", bounds=bounds)
            for bounds in [self.bounds(point)]
            if bounds
        ]
        return self.say(
            "%(edition)s: %(told)s",
            edition=edition,
            told=", ".join([self.value(point, kind), *told, self._answered(point, kind)]),
        )

    def _answered(self, point: Point, kind: str) -> str:
        if point.base is None:
            return ""
        if kind == THEME:
            return self.findings.texts(point.base.n)
        return self.findings.have_answered(point.base).rstrip(".")

    def _between(self, limits: tuple[float, float]) -> str:
        low, high = (whole_percent(limit) for limit in limits)
        return self.span((low, high))
