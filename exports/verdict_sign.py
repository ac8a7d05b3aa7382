"""What is drawn before the word of a verdict."""

from __future__ import annotations

from survey.model.comparison import Verdict

_SIGNED = {Verdict.HINT: "hint", Verdict.SMALL: "small"}


def verdict_sign(verdict: Verdict, direction: int) -> str:
    """The name of the sign: the verdict itself, or with its direction ``small-up``, ``hint-down``."""
    if verdict not in _SIGNED:
        return verdict.value.replace("_", "-")
    return f"{_SIGNED[verdict]}-{'down' if direction < 0 else 'up'}"
