"""Which topic each session is of, so that this year's can be seen beside last year's."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from forms.topic_form import TopicForm
from survey.comparing import topics
from survey.errors import NotAllowed
from survey.web.workplace.desk import series_address

if TYPE_CHECKING:
    from starlette.responses import Response

    from survey.comparing.series import Series
    from survey.model.topic import SortedSession, Topic
    from survey.web.workplace.desk import Desk

UNPROCESSABLE = 422
_FIELD = "punkt"


@dataclass(frozen=True, slots=True)
class ShownSession:
    """One session with the topic that it has, or that its title proposes."""

    field: str
    title: str
    chosen: str
    is_proposed: bool


@dataclass(frozen=True, slots=True)
class ShownEdition:
    """One edition's sessions."""

    title: str
    sessions: tuple[ShownSession, ...]


@dataclass(frozen=True, slots=True)
class ShownTopic:
    """One topic, with how many sessions are of it."""

    code: str
    name: str
    sessions: int


def show_topics(desk: Desk) -> Response:
    """The topics of the series, its sessions, and a form for a new topic."""
    return _draw(desk, desk.series(), TopicForm())


def change_topics(desk: Desk) -> Response:
    """The series has a new topic, or its sessions are sorted."""
    series = desk.series()
    if desk.own.get("action") == "sort":
        return _sort(desk, series)
    form = TopicForm.typed(desk.fields)
    if not form.validate():
        return _draw(desk, series, form, status=UNPROCESSABLE)
    try:
        topic = topics.add_topic(desk.inst, series, form.name())
    except NotAllowed as refused:
        form.name_de.errors = [refused.why]
        return _draw(desk, series, form, status=UNPROCESSABLE)
    notice = desk.words.gettext("Das Themenfeld „%(name)s“ ist angelegt.")
    return desk.go(_here(series), notice=notice % {"name": topic.name.in_language(desk.language)})


def show_topic(desk: Desk) -> Response:
    """One topic, to be named anew."""
    series, topic = _topic(desk)
    form = TopicForm(data={"name_de": topic.name.de, "name_en": topic.name.en})
    return _draw_topic(desk, series, topic, form)


def rename_topic(desk: Desk) -> Response:
    """The topic has another name."""
    series, topic = _topic(desk)
    form = TopicForm.typed(desk.fields)
    if not form.validate():
        return _draw_topic(desk, series, topic, form, status=UNPROCESSABLE)
    try:
        topics.rename_topic(desk.inst, series, topic.code, name=form.name())
    except NotAllowed as refused:
        form.name_de.errors = [refused.why]
        return _draw_topic(desk, series, topic, form, status=UNPROCESSABLE)
    return desk.go(_here(series), notice=desk.words.gettext("Das Themenfeld ist umbenannt."))


def ask_before_deleting(desk: Desk) -> Response:
    """What deleting the topic does."""
    series, topic = _topic(desk)
    return desk.draw(
        "workplace/comparison/delete_topic.html",
        series=series,
        topic=topic,
        sessions=sum(s.topic == topic.code for s in topics.sorted_sessions(desk.inst, series)),
        back=_here(series),
    )


def delete_topic(desk: Desk) -> Response:
    """The topic is gone; its sessions have none."""
    series, topic = _topic(desk)
    topics.delete_topic(desk.inst, series, topic.code)
    notice = desk.words.gettext("Das Themenfeld „%(name)s“ ist gelöscht.")
    return desk.go(_here(series), notice=notice % {"name": topic.name.in_language(desk.language)})


def _sort(desk: Desk, series: Series) -> Response:
    chosen = {
        (session.edition, session.code): desk.fields[_field(session)][0]
        for session in topics.sorted_sessions(desk.inst, series)
        if _field(session) in desk.fields
    }
    changed = topics.sort_sessions(desk.inst, series, chosen)
    notice = desk.words.ngettext(
        "Bei %(n)d Programmpunkt hat sich das Themenfeld geändert.",
        "Bei %(n)d Programmpunkten hat sich das Themenfeld geändert.",
        changed,
    )
    return desk.go(_here(series), notice=notice % {"n": changed})


def _topic(desk: Desk) -> tuple[Series, Topic]:
    series = desk.series()
    return series, topics.topic_of(desk.inst, series, desk.part("topic"))


def _here(series: Series) -> str:
    return series_address(series, "themen")


def _field(session: SortedSession) -> str:
    return f"{_FIELD}:{session.edition}:{session.code}"


def _draw(desk: Desk, series: Series, form: TopicForm, *, status: int = 200) -> Response:
    sessions = topics.sorted_sessions(desk.inst, series)
    titles = {record.name: record.edition.title for record in series.counted}
    return desk.draw(
        "workplace/comparison/topics.html",
        series=series,
        form=form,
        status=status,
        topics=tuple(
            ShownTopic(
                topic.code,
                topic.name.in_language(desk.language),
                sum(session.topic == topic.code for session in sessions),
            )
            for topic in topics.topics_of(desk.inst, series)
        ),
        editions=tuple(
            ShownEdition(titles[name], tuple(_shown(session, desk) for session in of_edition))
            for name, of_edition in groupby(sessions, key=lambda session: session.edition)
        ),
    )


def _shown(session: SortedSession, desk: Desk) -> ShownSession:
    return ShownSession(
        _field(session),
        session.title.in_language(desk.language),
        session.topic or session.proposed,
        is_proposed=bool(session.proposed) and not session.topic,
    )


def _draw_topic(
    desk: Desk, series: Series, topic: Topic, form: TopicForm, *, status: int = 200
) -> Response:
    return desk.draw(
        "workplace/comparison/topic.html",
        series=series,
        topic=topic,
        form=form,
        status=status,
        back=_here(series),
    )
