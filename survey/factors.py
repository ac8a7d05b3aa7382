"""Use case: one factor is right or wrong; wrong ones are counted, and cost time.

Failed attempts are counted for addresses that nobody has as for others; they slow down guessing, never the other ways
in.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from survey.access.app_codes import matching_step, open_secret, recovery_hash
from survey.access.passwords import is_password
from survey.errors import TooManyAttempts
from survey.storage import credentials, missed_attempts

if TYPE_CHECKING:
    from datetime import datetime

    from survey.installation import Installation
    from survey.model.workplace import Account

APP_KEY = "app-secret/v1"
FREE_MISSES = 5
"""So many wrong attempts in a row cost no time."""
FIRST_WAIT = timedelta(seconds=15)
LONGEST_WAIT = timedelta(minutes=15)


def is_password_right(inst: Installation, account: Account, *, password: str, known: str) -> bool:
    """True for the person's password; TooManyAttempts after many wrong ones."""
    device = inst.cookies.known_device(known, account.id)
    about = about_password(inst, account.address, device)
    require_no_wait(inst, about)
    hashed = credentials.find(inst.database.read(), account.id).password
    return _counted(inst, about, is_right=is_password(password, hashed))


def is_code_right(inst: Installation, account: Account, *, code: str, known: str) -> bool:
    """True, once, for a code of the app or a recovery code; TooManyAttempts after many wrong ones."""
    hashed = recovery_hash(account.id, code)
    # Nobody guesses a recovery code: it always counts, however many codes others have tried.
    if inst.database.write(
        lambda connection: credentials.use_recovery_code(connection, account.id, hashed=hashed)
    ):
        return True
    device = inst.cookies.known_device(known, account.id)
    about = inst.cookies.missed_key("code", account.id, device)
    require_no_wait(inst, about)
    return _counted(inst, about, is_right=_is_app_code(inst, account, code))


def wait_after(misses: int) -> timedelta:
    """How long nobody may try after that many wrong attempts in a row."""
    if misses < FREE_MISSES:
        return timedelta()
    doubled: timedelta = FIRST_WAIT * 2 ** min(misses - FREE_MISSES, 10)
    return min(doubled, LONGEST_WAIT)


def about_password(inst: Installation, address: str, device: str) -> str:
    """What wrong passwords for that address from that browser are counted under."""
    return inst.cookies.missed_key("password", folded(address), device)


def require_no_wait(inst: Installation, about: str) -> None:
    """TooManyAttempts while so many wrong ones cost time."""
    missed = missed_attempts.find(inst.database.read(), about)
    if missed is None:
        return
    left = _seconds_left(missed.last + wait_after(missed.n), inst.clock())
    if left > 0:
        raise TooManyAttempts(seconds=left)


def folded(address: str) -> str:
    """The address as it is compared."""
    return address.strip().lower()


def _is_app_code(inst: Installation, account: Account, code: str) -> bool:
    credential = credentials.find(inst.database.read(), account.id)
    if not credential.has_app:
        return False
    secret = open_secret(credential.app_secret, key=inst.keys.key_for(APP_KEY), account=account.id)
    step = matching_step(secret, code, at=inst.clock(), after=credential.last_step)
    return step is not None and inst.database.write(
        lambda connection: credentials.use_step(connection, account.id, step=step)
    )


def _counted(inst: Installation, about: str, *, is_right: bool) -> bool:
    now = inst.clock()
    if is_right:
        inst.database.write(lambda connection: missed_attempts.forget(connection, about))
    else:
        inst.database.write(lambda connection: missed_attempts.add(connection, about, at=now))
    return is_right


def _seconds_left(until: datetime, now: datetime) -> int:
    return max(0, -(-(until - now) // timedelta(seconds=1)))
