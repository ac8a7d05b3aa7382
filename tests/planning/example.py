"""Planning sheets as the answers of made-up editions would give them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from survey.language.wording import Wording
from survey.model.comparison import Caution, Change, ComparedEdition, Verdict
from survey.model.event import EditionFormat
from survey.model.planning import (
    Candidate,
    Course,
    DecisionTable,
    Majority,
    OptionLine,
    PlannedDecision,
    PlanningSheet,
    Undecided,
    WishLine,
)
from survey.model.summary import Base, Share, Statement
from survey.reporting.findings import share_of
from survey.statistics.interval import Share as Answers
from survey.statistics.interval import share_bounds
from survey.statistics.simultaneous import choice_intervals

ON_SITE = Wording("Vor Ort", en="On site")
ONLINE = Wording("Online", en="Online")
GOOD = Wording("gut oder sehr gut", en="good or very good")


def edition(
    year: int, *, invited: int | None, answered: int | None, on: EditionFormat
) -> ComparedEdition:
    """An edition of the congress, without its questions."""
    return ComparedEdition(
        name=f"kk{year}",
        label=str(year),
        title=f"Kommunalkongress {year}",
        format=on,
        starts=date(year, 9, 11),
        invited=invited,
        answered=answered,
        questions=(),
        is_made_up=True,
    )


def options(counts: dict[str, tuple[Wording, int]], *, population: int) -> tuple[OptionLine, ...]:
    """Options of a single choice with intervals that hold at the same time."""
    numbers = [count for _, count in counts.values()]
    n = sum(numbers)
    intervals = choice_intervals(numbers, eligible=population)
    return tuple(
        OptionLine(
            code,
            label,
            count,
            Share(
                count,
                n,
                (found.shares.low, found.shares.high),
                _bounds(count, n, population),
            ),
        )
        for (code, (label, count)), found in zip(counts.items(), intervals, strict=True)
    )


def _bounds(count: int, n: int, population: int) -> tuple[float, float]:
    bounds = share_bounds(Answers(count, n, population)).shares
    return bounds.low, bounds.high


def format_table() -> DecisionTable:
    """Online leads for certain, without a majority; by how people took part, and what would do at all."""
    lines = options(
        {
            "online": (ONLINE, 93),
            "hybrid": (Wording("Hybrid: vor Ort und online zugleich", en="Hybrid"), 58),
            "on_site": (ON_SITE, 38),
            "no_preference": (Wording("Mir ist jede Form recht", en="Any format suits me"), 18),
        },
        population=420,
    )
    groups = ((21, 72), (22, 36), (30, 8), (4, 14))
    acceptable = (171, 142, 90, None)
    changes = (
        Change("kk2019", Verdict.MORE, 1, points=31, span=(20, 42)),
        Change("kk2019", Verdict.UNCLEAR, 1, points=3, span=(-7, 13)),
        Change("kk2019", Verdict.LESS, -1, points=-33, span=(-44, -22)),
        Change("kk2019", Verdict.UNCLEAR, -1, points=-1, span=(-8, 6)),
    )
    base = Base(207, 420)
    return DecisionTable(
        "next_format",
        Wording(
            "Welche Form wünschen Sie sich für das nächste Mal?",
            en="Which format would you like next time?",
        ),
        base,
        tuple(
            replace(
                line,
                by_attendance=((ON_SITE, here, 77), (ONLINE, there, 130)),
                acceptable=None if enough is None else share_of(enough, Base(207, 420)),
                change=change,
            )
            for line, (here, there), enough, change in zip(
                lines, groups, acceptable, changes, strict=True
            )
        ),
        Majority.LEADING,
        ("online",),
    )


def rounds_table() -> DecisionTable:
    """Two rounds or one: open."""
    return DecisionTable(
        "rounds_wanted",
        Wording(
            "Wie viele Workshop-Runden wünschen Sie sich beim nächsten Mal?",
            en="How many rounds of workshops would you like next time?",
        ),
        Base(198, 420),
        options(
            {
                "none": (Wording("Keine Workshops", en="No workshops"), 12),
                "one": (Wording("Eine Runde", en="One round"), 81),
                "two": (Wording("Zwei Runden", en="Two rounds"), 88),
                "three": (Wording("Drei Runden", en="Three rounds"), 17),
            },
            population=420,
        ),
        Majority.OPEN,
        ("two", "one"),
    )


def length_table() -> DecisionTable:
    """Just right, for certain."""
    return DecisionTable(
        "length",
        Wording("Wie war die Länge der Veranstaltung?", en="How was the length of the event?"),
        Base(205, 420),
        options(
            {
                "too_short": (Wording("Zu kurz", en="Too short"), 21),
                "just_right": (Wording("Genau richtig", en="Just right"), 139),
                "too_long": (Wording("Zu lang", en="Too long"), 45),
            },
            population=420,
        ),
        Majority.CERTAIN,
        ("just_right",),
    )


def time_table() -> DecisionTable:
    """In the morning, whatever the silent would have said: not with these numbers, but for the look of it."""
    return DecisionTable(
        "time_wanted",
        Wording("Wann soll die Veranstaltung sein?", en="When should the event take place?"),
        Base(310, 420),
        options(
            {
                "morning": (Wording("Vormittags", en="In the morning"), 240),
                "afternoon": (Wording("Nachmittags", en="In the afternoon"), 40),
                "all_day": (Wording("Ganztägig", en="All day"), 30),
            },
            population=420,
        ),
        Majority.IN_ANY_CASE,
        ("morning",),
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
