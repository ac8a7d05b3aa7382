"""Planning sheets as the answers of made-up editions would give them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from survey.language.wording import Wording
from survey.model.comparison import Caution, Change, Verdict
from survey.model.event import EditionFormat
from survey.model.planning import (
    Candidate,
    Course,
    DecisionTable,
    Majority,
    PlannedDecision,
    PlanningSheet,
    Undecided,
    WishLine,
)
from survey.model.summary import Base, Statement
from survey.reporting.findings import share_of
from tests.planning.tables import (
    GOOD,
    ON_SITE,
    ONLINE,
    edition,
    format_table,
    length_table,
    options,
    rounds_table,
    time_table,
)


def wishes(
    kind: str, of: int, *, counts: tuple[tuple[str, str, str, int], ...]
) -> tuple[WishLine, ...]:
    """Topics or themes, each with its change."""
    changes = (
        Change("kk2019", Verdict.MORE, 1, points=14, span=(4, 24)),
        Change("kk2019", Verdict.SAME, 1, points=1, span=(-4, 5)),
        None,
    )
    return tuple(
        WishLine(
            f"{kind}:{code}",
            Wording(german, en=english),
            count,
            of,
            share=share_of(count, Base(of, 420)) if kind != "theme" else None,
            change=changes[place % len(changes)],
        )
        for place, (code, german, english, count) in enumerate(counts)
    )


TOPICS = (
    ("administration", "Digitale Verwaltung und Online-Dienste", "Digital administration", 96),
    ("funding", "Fördermittel", "Funding", 81),
    ("work", "Homeoffice, Führung und neue Arbeitsformen", "New ways of working", 64),
    ("villages", "Digitale Dörfer und ländlicher Raum", "Digital villages", 52),
    ("security", "Datenschutz und IT-Sicherheit", "Data protection and IT security", 47),
    ("participation", "Bürgerbeteiligung", "Citizen participation", 40),
)
THEMES = (
    ("breaks", "Pausen", "Breaks", 28),
    ("sound", "Ton und Technik", "Sound and technology", 24),
    ("exchange", "Mehr Zeit für Gespräche", "More time to talk", 22),
    ("speakers", "Vortragende", "Speakers", 15),
    ("schedule", "Zeitplan", "Schedule", 11),
)


def candidate(code: str, german: str, english: str, *, count: int, mentions: int = 28) -> Candidate:
    """A question with what speaks for looking at it, and what against."""
    return Candidate(
        code,
        Wording(german, en=english),
        GOOD,
        share_of(count, Base(190, 420)),
        Base(190, 420),
        (
            Statement(
                "„%(theme)s“ steht in %(texts)d von %(of)d Texten.",
                (("theme", Wording("Pausen", en="Breaks")), ("texts", mentions), ("of", 120)),
                code,
            ),
        ),
        (
            Statement(
                "Gegenüber %(label)s ist keine Veränderung erkennbar.",
                (("label", "2019"),),
                code,
            ),
        ),
    )


def undecided(code: str, *, needed: int | None) -> Undecided:
    """A question that the answers do not decide."""
    return Undecided(
        code,
        Statement(
            "Ob %(first)s oder %(second)s gewünscht wird, ist offen.",
            (
                ("first", Wording("zwei Runden", en="two rounds")),
                ("second", Wording("eine Runde", en="one round")),
            ),
            code,
        ),
        answers_needed=needed,
        answers_had=198,
    )


DECISIONS = (
    PlannedDecision(
        "next_format",
        Course.CHANGE,
        Wording(
            "Der Kongress 2021 findet online statt.", en="The 2021 congress takes place online."
        ),
        "Planungsteam",
        date(2021, 1, 15),
        is_public=True,
    ),
    PlannedDecision(
        "length",
        Course.KEEP,
        Wording("Ein Tag von 9 bis 16 Uhr bleibt.", en="One day from 9 to 4 stays."),
        "Frau Beispiel",
        None,
        is_public=False,
    ),
    PlannedDecision(
        "own:evening",
        Course.DROP,
        Wording("Kein Abendprogramm mehr.", en="No more evening programme."),
        "",
        None,
        is_public=True,
    ),
)


def full_sheet() -> PlanningSheet:
    """A sheet with everything that a sheet can have."""
    return PlanningSheet(
        series="Kommunalkongress",
        edition=edition(2020, invited=420, answered=213, on=EditionFormat.ONLINE),
        base=edition(2019, invited=380, answered=171, on=EditionFormat.ON_SITE),
        tables=(format_table(), rounds_table(), length_table(), time_table()),
        topics=wishes("topics_wanted", 190, counts=TOPICS),
        themes=wishes("theme", 120, counts=THEMES),
        candidates=(
            candidate(
                "breaks",
                "Wie bewerten Sie die Pausen?",
                "How do you rate the breaks?",
                count=78,
            ),
            candidate(
                "sound",
                "Wie bewerten Sie Ton und Technik?",
                "How do you rate sound and technology?",
                count=90,
                mentions=24,
            ),
        ),
        to_keep=(
            replace(
                candidate(
                    "content",
                    "Wie bewerten Sie die Inhalte?",
                    "How do you rate the content?",
                    count=171,
                ),
                evidence=(),
                counter_evidence=(),
            ),
            replace(
                candidate(
                    "organisation",
                    "Wie bewerten Sie die Organisation?",
                    "How do you rate the organisation?",
                    count=165,
                ),
                evidence=(),
                counter_evidence=(),
            ),
        ),
        undecided=(undecided("rounds_wanted", needed=390), undecided("again", needed=None)),
        decisions=DECISIONS,
        cautions=(Caution.OTHER_FORMAT,),
        has_importance=True,
    )


def fullest_sheet() -> PlanningSheet:
    """As much as the rules of a sheet allow."""
    sheet = full_sheet()
    return replace(
        sheet,
        candidates=tuple(
            replace(sheet.candidates[place % 2], subject=f"weak{place}") for place in range(5)
        ),
        to_keep=tuple(
            replace(sheet.to_keep[place % 2], subject=f"good{place}") for place in range(5)
        ),
        undecided=tuple(
            replace(sheet.undecided[place % 2], subject=f"open{place}") for place in range(4)
        ),
        decisions=tuple(
            replace(DECISIONS[place % 3], subject=f"own:{place}") for place in range(6)
        ),
        cautions=tuple(Caution),
    )


def usual_sheet() -> PlanningSheet:
    """Of a congress with long questions, many topics, and as much evidence as there usually is."""
    sheet = full_sheet()
    topics = tuple(
        (
            f"t{place}",
            f"Ein Thema mit einem längeren Namen, Nummer {place}",
            f"Topic {place}",
            91 - place,
        )
        for place in range(8)
    )
    evidence = (
        Statement(
            "Gesichert unter der Mitte der %(ratings)d bewerteten Bereiche; sie liegt bei %(median)d %%.",
            (("ratings", 4), ("median", 73)),
            "exchange",
        ),
        Statement(
            "„%(theme)s“ kommt in %(texts)d von %(of)d Texten vor.",
            (("theme", Wording("Gespräche in den Pausen")), ("texts", 28), ("of", 120)),
            "exchange",
        ),
    )
    against = (
        Statement("Ob diese Texte loben oder tadeln, sagt ihre Zahl nicht.", (), "exchange"),
        *sheet.candidates[0].counter_evidence,
    )
    return replace(
        sheet,
        tables=sheet.tables[:3],
        topics=wishes("topics_wanted", 190, counts=topics),
        candidates=tuple(
            replace(one, evidence=evidence, counter_evidence=against) for one in sheet.candidates
        ),
        undecided=tuple(
            replace(sheet.undecided[place % 2], subject=f"open{place}") for place in range(6)
        ),
        decisions=(*DECISIONS, replace(DECISIONS[2], subject="own:more")),
    )


def first_sheet() -> PlanningSheet:
    """Of a first edition with few answers: nothing to compare with, no importance, one open choice."""
    n, population = 15, 24
    lines = options(
        {"online": (ONLINE, 8), "on_site": (ON_SITE, 7)},
        population=population,
    )
    return PlanningSheet(
        series="Netzwerktreffen",
        edition=edition(2020, invited=population, answered=16, on=EditionFormat.ONLINE),
        base=None,
        tables=(
            replace(
                format_table(),
                base=Base(n, population),
                options=lines,
                majority=Majority.OPEN,
                leaders=("online", "on_site"),
            ),
            replace(
                rounds_table(),
                base=Base(4, population),
                options=(),
                majority=Majority.WITHHELD,
                leaders=(),
                suppressed="few",
            ),
        ),
        topics=(),
        themes=(),
        candidates=(),
        to_keep=(),
        undecided=(replace(undecided("next_format", needed=23), answers_had=n),),
        decisions=(),
        cautions=(),
        has_importance=False,
    )


def open_sheet() -> PlanningSheet:
    """Of an edition with an open link: nobody knows how many could have answered."""
    sheet = full_sheet()

    def without_population(table: DecisionTable) -> DecisionTable:
        return replace(
            table,
            base=Base(table.base.n, None),
            options=tuple(
                replace(line, share=replace(line.share, bounds=None)) for line in table.options
            ),
        )

    return replace(
        sheet,
        edition=replace(sheet.edition, invited=None),
        tables=tuple(without_population(table) for table in sheet.tables[:3]),
        cautions=(Caution.UNKNOWN_POPULATION,),
    )


def empty_sheet() -> PlanningSheet:
    """Of an edition in which nobody answered."""
    return PlanningSheet(
        series="Netzwerktreffen",
        edition=edition(2020, invited=21, answered=0, on=EditionFormat.HYBRID),
        base=None,
        tables=(),
        topics=(),
        themes=(),
        candidates=(),
        to_keep=(),
        undecided=(),
        decisions=(),
        cautions=(),
        has_importance=False,
    )


def hostile_sheet(text: str) -> PlanningSheet:
    """A sheet whose every text tries to break out."""
    sheet = full_sheet()
    said = Wording(text)
    return replace(
        sheet,
        edition=replace(sheet.edition, title=text, label=text),
        tables=tuple(
            replace(
                table,
                wording=said,
                options=tuple(replace(option, label=said) for option in table.options),
            )
            for table in sheet.tables
        ),
        topics=tuple(replace(line, label=said) for line in sheet.topics),
        themes=tuple(replace(line, label=said) for line in sheet.themes),
        candidates=tuple(replace(one, wording=said, label=said) for one in sheet.candidates),
        decisions=tuple(replace(one, text=said, responsible=text) for one in sheet.decisions),
    )
