from __future__ import annotations

import pytest

from survey import errors
from survey.commands.speech import language_of, sentences
from survey.errors import NachklangError, problem

WHY = problem("Diese Ausgabe ist nicht offen.")
ON_PAGES_ONLY = {
    errors.LinkProblem,
    errors.LinkForged,
    errors.LinkUnknown,
    errors.FormClosed,
    errors.NotYetOpen,
    errors.AlreadyClosed,
    errors.AnsweredWithOtherLink,
    errors.AnswerRefused,
    errors.OpenLinkUnknown,
    errors.TooManyAttempts,
    errors.HouseSignInRefused,
    errors.ChangedMeanwhile,
}
"""Met on pages, never by a command."""
TOLD = (
    errors.SettingsProblem("NACHKLANG_DATA", WHY),
    errors.FileRefused("liste.csv", (problem("Diese Zahl ist zu klein oder zu groß.", line=3),)),
    *(
        errors.NotFound(kind, "x")
        for kind in (
            "edition",
            "participant",
            "session",
            "text",
            "account",
            "organisation",
            "other",
        )
    ),
    errors.NotAllowed(WHY),
    errors.StorageUnavailable("disk full"),
    errors.DiskNearlyFull(free=150 * 1024**2),
    errors.KeyMissing("kk2020"),
    errors.SecretMissing("/srv/data-secret", "signing.key"),
    errors.WitnessMismatch("kk2020", witnessed=3, found=2),
    errors.CountRefused(WHY),
    errors.BoxesUnopenable(1, boxes=3),
    errors.MailRefused(550, "no"),
    errors.RelayUnreachable("timeout"),
    errors.MailboxUnreachable("timeout"),
    errors.ReportFailed("broken"),
    errors.ReportTooSlow(60),
    errors.BackupRefused(WHY),
    errors.ImpossibleCounts(answered=3, invited=2),
)


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "de"),
        ({"LANG": "de_AT"}, "de"),
        ({"LANG": "de_DE.UTF-8", "LC_MESSAGES": "en_GB.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8", "LC_MESSAGES": "", "LC_ALL": ""}, "de"),
        ({"LANG": "en_GB", "LC_ALL": "de"}, "de"),
        ({"LANG": "fr_FR.UTF-8"}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
    ],
)
def test_the_locale_says_which_language(environment: dict[str, str], language: str) -> None:
    assert language_of(environment) == language


def test_every_error_a_command_can_meet_is_here() -> None:
    def below(kind: type[NachklangError]) -> set[type[NachklangError]]:
        return {kind}.union(*(below(sub) for sub in kind.__subclasses__()))

    ours = {kind for kind in below(NachklangError) if kind.__module__ == "survey.errors"}

    assert ours - ON_PAGES_ONLY - {NachklangError} == {type(error) for error in TOLD}


@pytest.mark.parametrize("error", TOLD, ids=lambda error: f"{type(error).__name__} {error}")
def test_an_error_is_told_in_sentences(error: NachklangError) -> None:
    told = sentences(error)

    assert all(told)
    assert type(error).__name__ not in " ".join(told)


def test_a_refused_file_is_told_with_its_lines() -> None:
    refused = errors.FileRefused("liste.csv", (WHY, problem(WHY.key, line=7)))

    told = sentences(refused)

    assert len(told) == 3
    assert "7" in told[2]
