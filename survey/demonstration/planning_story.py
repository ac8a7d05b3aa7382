"""What the planners of the example events made of them: themes, topics, decisions. All of it is made up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from survey.language.wording import Wording
from survey.model.event import EditionFormat
from survey.model.foreign_survey import EarlierFacts
from survey.model.planning import Course, PlannedDecision

CONGRESS = "Kommunalkongress Rheinland-Pfalz"
CALL = "IKONE DS"


@dataclass(frozen=True, slots=True)
class TextTheme:
    """A theme, the question it says more about, and words by which a text is known to speak of it."""

    name: Wording
    description: str
    item: str
    words: tuple[str, ...]


_TIME_TO_TALK = TextTheme(
    Wording("Zeit für Gespräche", en="Time to talk"),
    "Mehr Zeit, um zu reden, zu fragen und andere kennenzulernen.",
    "exchange",
    (
        "Zeit für Gespräche",
        "größere Pause",
        "Raum für Fragen",
        "kennengelernt",
        "sich auszutauschen",
    ),
)
_PAPERS = TextTheme(
    Wording("Unterlagen vorher", en="Papers in advance"),
    "Folien und Unterlagen sollen vorher da sein.",
    "",
    ("Unterlagen bitte vorher", "Folien hätte ich gern vorab"),
)
_TECHNOLOGY = TextTheme(
    Wording("Technik proben", en="Rehearsing the technology"),
    "Ton, Bild und Zugang sollen vorher geprobt werden.",
    "technology",
    ("Technik sollte vorher",),
)
THEMES = {
    CONGRESS: (
        _TIME_TO_TALK,
        _PAPERS,
        _TECHNOLOGY,
        TextTheme(
            Wording("Praxis und Beispiele", en="Practice and examples"),
            "Beispiele aus anderen Gemeinden, mehr Praxis.",
            "content",
            ("Beispiele aus", "mehr Praxis", "praxisnah", "Vortrag und Praxis"),
        ),
        TextTheme(
            Wording("Kleine Gemeinden", en="Small municipalities"),
            "Themen und Beispiele für kleine Verwaltungen und das Ehrenamt.",
            "",
            ("kleine Ortsgemeinden", "kleinen Verwaltungen"),
        ),
    ),
    CALL: (_TIME_TO_TALK, _PAPERS),
}

TOPICS: dict[str, dict[Wording, tuple[tuple[str, str], ...]]] = {
    CONGRESS: {
        Wording("Digitale Dörfer und Städte", en="Digital villages and towns"): (
            ("kk2018", "ws01"),
            ("kk2018", "ws05"),
            ("kk2019", "ws01"),
            ("kk2019", "ws06"),
            ("kk2020", "ws01"),
            ("kk2020", "ws07"),
            ("kk2020", "ws11"),
        ),
        Wording("Digitale Verwaltung", en="Digital administration"): (
            ("kk2018", "ws02"),
            ("kk2018", "ws06"),
            ("kk2019", "ws02"),
            ("kk2019", "ws04"),
            ("kk2020", "ws03"),
            ("kk2020", "ws05"),
            ("kk2020", "ws09"),
        ),
        Wording("Breitband", en="Broadband"): (("kk2018", "ws03"), ("kk2020", "ws06")),
        Wording("Beteiligung", en="Participation"): (
            ("kk2018", "ws08"),
            ("kk2019", "ws08"),
            ("kk2020", "ws04"),
        ),
        Wording("Zukunft der Dörfer", en="Future of villages"): (
            ("kk2018", "ws07"),
            ("kk2019", "ws07"),
            ("kk2020", "ws08"),
        ),
        Wording("Führung", en="Leadership"): (("kk2019", "ws03"), ("kk2020", "ws02")),
    },
    CALL: {
        Wording("Offene Daten", en="Open data"): (("ikone-4", "guest1"),),
    },
}
"""By name, the sessions of each."""

DECISIONS = {
    "kk2020": (
        PlannedDecision(
            subject="technology",
            course=Course.CHANGE,
            text=Wording(
                "Alle, die vortragen, proben ihre Technik eine Woche vorher mit uns.",
                en="Everybody who speaks rehearses the technology with us one week before.",
            ),
            responsible="Team Kommunalkongress",
            until=date(2021, 6, 30),
            is_public=True,
        ),
        PlannedDecision(
            subject="exchange",
            course=Course.CHANGE,
            text=Wording(
                "Zwischen den Runden ist eine halbe Stunde Zeit, mit offenen Räumen für Gespräche.",
                en="Between the rounds there is half an hour, with open rooms to talk.",
            ),
            responsible="Team Kommunalkongress",
            until=date(2021, 4, 30),
            is_public=True,
        ),
        PlannedDecision(
            subject="organisation",
            course=Course.KEEP,
            text=Wording(
                "Der Zeitplan und der pünktliche Beginn bleiben.",
                en="The schedule and the punctual start stay.",
            ),
            responsible="Olga Ohm",
            until=None,
            is_public=False,
        ),
    ),
    "ikone-4": (
        PlannedDecision(
            subject="contributions",
            course=Course.KEEP,
            text=Wording(
                "Die Mitglieder berichten auch beim nächsten Treffen reihum.",
                en="At the next meeting, too, the members report one after the other.",
            ),
            responsible="Netzwerkbüro IKONE DS",
            until=None,
            is_public=True,
        ),
    ),
}
"""By the edition that they were decided from."""


@dataclass(frozen=True, slots=True)
class EarlierStory:
    """An edition that was asked with another tool: its files, and what is known of it."""

    file: str
    mapping: str
    facts: EarlierFacts
    structure: str = ""


EARLIER = {
    CONGRESS: (
        EarlierStory(
            "kk2016-limesurvey.csv",
            "kk2016-zuordnung.toml",
            EarlierFacts(
                title="Kommunalkongress Rheinland-Pfalz 2016",
                starts="2016-09-16",
                format=EditionFormat.ON_SITE.value,
                source="LimeSurvey, eigene Befragung 2016 (Beispiel)",
                is_made_up=True,
            ),
            structure="kk2016-limesurvey.lss",
        ),
        EarlierStory(
            "kk2017-haeufigkeiten.xlsx",
            "kk2017-zuordnung.toml",
            EarlierFacts(
                title="Kommunalkongress Rheinland-Pfalz 2017",
                starts="2017-09-15",
                format=EditionFormat.ON_SITE.value,
                source="Häufigkeiten aus dem Bericht von 2017 (Beispiel)",
                invited=379,
                answered=158,
                is_made_up=True,
            ),
        ),
    )
}
