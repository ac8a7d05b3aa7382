"""What somebody has to do before a page of the workplace opens to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from survey.model.workplace import SignIn
    from survey.web.site import Visit


class SignInNeeded(Exception):
    """Nobody is signed in, or has to prove again who they are before this."""

    def __init__(self, visit: Visit, *, sign_in: SignIn | None) -> None:
        self.visit = visit
        self.sign_in = sign_in
        """The person, where only the proof has grown old."""
        super().__init__()


class SetUpNeeded(Exception):
    """Somebody who organises has not chosen a second factor yet."""

    def __init__(self, visit: Visit) -> None:
        self.visit = visit
        super().__init__()
