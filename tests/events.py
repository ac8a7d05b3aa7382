"""Two small events: a congress with workshops in two rounds, and a call of a network."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from survey.language.wording import Wording
from survey.model.event import Breakdown, Edition, EditionFormat, EditionKind, Pair
from survey.model.items import (
    Choice,
    LongText,
    MultipleChoice,
    RatingScale,
    Recommendation,
    ShortText,
    SingleChoice,
    TopThree,
    YesNo,
)
from survey.model.programme import Programme, Round, Session, SessionKind
from survey.model.questionnaire import Questionnaire, Section

if TYPE_CHECKING:
    pass

DEADLINE = datetime(2020, 9, 28, 16, 0, tzinfo=UTC)

QUALITY = (
    Choice("very_good", Wording("sehr gut", "sehr gut", "very good")),
    Choice("good", Wording("gut", "gut", "good")),
    Choice("fair", Wording("mittel", "mittel", "fair")),
    Choice("poor", Wording("schlecht", "schlecht", "poor")),
    Choice("very_poor", Wording("sehr schlecht", "sehr schlecht", "very poor")),
)
FORMATS = (
    Choice("on_site", Wording("vor Ort", "vor Ort", "on site")),
    Choice("online", Wording("online", "im Internet", "online")),
    Choice("hybrid", Wording("beides", "beides", "hybrid")),
)
SIZES = (
    Choice("small", Wording("unter 5.000 Einwohner")),
    Choice("middle", Wording("5.000 bis 20.000 Einwohner")),
    Choice("large", Wording("über 20.000 Einwohner")),
)
TOPICS = (
    Choice("villages", Wording("Digitale Dörfer")),
    Choice("home_office", Wording("Homeoffice")),
    Choice("participation", Wording("Bürgerbeteiligung")),
    Choice("schools", Wording("Schulen")),
)


def congress_questionnaire() -> Questionnaire:
    """One item of every kind."""
    return Questionnaire(
        (
            Section(
                "workshops",
                Wording("Ihre Workshops", "Ihre Arbeits-Gruppen", "Your workshops"),
                (
                    RatingScale(
                        code="rating",
                        wording=Wording("Wie war dieser Workshop?", en="How was this workshop?"),
                        choices=QUALITY,
                    ),
                    ShortText(code="remark", wording=Wording("Was möchten Sie dazu sagen?")),
                ),
                for_each=(SessionKind.WORKSHOP,),
            ),
            Section(
                "whole",
                Wording("Der ganze Kongress", "Die ganze Veranstaltung", "The whole congress"),
                (
                    RatingScale(
                        code="overall",
                        wording=Wording("Wie war der Kongress?", en="How was the congress?"),
                        choices=QUALITY,
                    ),
                    Recommendation(
                        code="recommendation",
                        wording=Wording("Würden Sie den Kongress weiterempfehlen?"),
                        low=Wording("auf keinen Fall"),
                        high=Wording("auf jeden Fall"),
                    ),
                    SingleChoice(
                        code="next_format",
                        wording=Wording("Wie soll der nächste Kongress stattfinden?"),
                        choices=FORMATS,
                    ),
                    SingleChoice(
                        code="size",
                        wording=Wording("Wie groß ist Ihre Kommune?"),
                        choices=SIZES,
                    ),
                    MultipleChoice(
                        code="heard",
                        wording=Wording("Wie haben Sie teilgenommen?"),
                        choices=(
                            Choice("office", Wording("im Büro")),
                            Choice("home", Wording("zu Hause")),
                            Choice("not", Wording("gar nicht"), is_exclusive=True),
                        ),
                        other_label=Wording("Sonstiges"),
                    ),
                    YesNo(code="technology", wording=Wording("Hat die Technik funktioniert?")),
                    TopThree(
                        code="topics",
                        wording=Wording("Welche Themen wünschen Sie sich?"),
                        choices=TOPICS,
                    ),
                    LongText(code="change", wording=Wording("Was sollen wir ändern?"), limit=250),
                ),
            ),
        )
    )


def congress(name: str = "kk2020") -> Edition:
    """A small Kommunalkongress: four workshops in two rounds, a keynote, a greeting nobody rates."""
    return Edition(
        name=name,
        series="kommunalkongress",
        title="Kommunalkongress 2020",
        kind=EditionKind.CONGRESS,
        format=EditionFormat.ONLINE,
        starts=date(2020, 9, 11),
        ends=date(2020, 9, 11),
        organisation="Ministerium des Innern und für Sport",
        sender="kongress@example.org",
        contact="fragen@example.org",
        deadline=DEADLINE,
        questionnaire=congress_questionnaire(),
        programme=Programme(
            sessions=(
                Session("greeting", Wording("Grußwort"), SessionKind.GREETING, is_rated=False),
                Session(
                    "keynote",
                    Wording("Chancen der Digitalisierung"),
                    SessionKind.KEYNOTE,
                    speakers=("Prof. Dr. Karla König",),
                ),
                Session("ws01", Wording("Digitale Stadt"), SessionKind.WORKSHOP, round="round1"),
                Session("ws02", Wording("Homeoffice"), SessionKind.WORKSHOP, round="round1"),
                Session("ws03", Wording("Digitale Dörfer"), SessionKind.WORKSHOP, round="round2"),
                Session("ws04", Wording("Zukunfts-Check"), SessionKind.WORKSHOP, round="round2"),
            ),
            rounds=(
                Round("round1", Wording("Runde 1", en="Round 1")),
                Round("round2", Wording("Runde 2", en="Round 2")),
            ),
        ),
        contact_name="Frau Fröhlich",
        text_readers="zwei Personen im Ministerium",
        breakdown=Breakdown("size"),
        pairs=(Pair("next_format", "overall"),),
        is_made_up=True,
    )


def network_call(name: str = "ikone2") -> Edition:
    """A network call of two hours with two guest talks, for about 21 people."""
    return Edition(
        name=name,
        series="ikone",
        title="Zweite Videokonferenz IKONE DS",
        kind=EditionKind.NETWORK_CALL,
        format=EditionFormat.ONLINE,
        starts=date(2020, 9, 9),
        ends=date(2020, 9, 9),
        organisation="IKONE DS",
        sender="ikone@example.org",
        contact="ikone-fragen@example.org",
        deadline=DEADLINE,
        questionnaire=Questionnaire(
            (
                Section(
                    "call",
                    Wording("Die Videokonferenz"),
                    (
                        RatingScale(
                            code="overall",
                            wording=Wording("Wie war die Konferenz?"),
                            choices=QUALITY,
                        ),
                        LongText(
                            code="focus", wording=Wording("Worum soll es nächstes Mal gehen?")
                        ),
                    ),
                ),
                Section(
                    "talks",
                    Wording("Die Gastvorträge"),
                    (RatingScale(code="rating", wording=Wording("Wie war er?"), choices=QUALITY),),
                    for_each=(SessionKind.GUEST_TALK,),
                ),
            )
        ),
        programme=Programme(
            sessions=(
                Session("mainz", Wording("Gast aus Mainz"), SessionKind.GUEST_TALK),
                Session("vg", Wording("Gast aus der VG"), SessionKind.GUEST_TALK),
            )
        ),
        is_made_up=True,
    )
