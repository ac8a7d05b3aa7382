"""Published values, by their number in vectors.json, and what they are made from."""

from __future__ import annotations

import json
import re
from math import sqrt
from pathlib import Path
from typing import Any

import pytest

from survey.statistics.distribution import (
    normal_quantile,
)
from survey.statistics.interval import (
    Interval,
    Share,
    share_interval,
)

VECTORS: dict[str, dict[str, Any]] = {
    vector["id"]: vector
    for vector in json.loads(Path(__file__).with_name("vectors.json").read_text("utf-8"))["vectors"]
}
NOT_MET = {
    "P11": "reference only: Wilson with fpc covers as little as .80 near a census",
    "P12": "reference only: Wilson with fpc covers as little as .80 near a census",
    "P15": "reference only: pseudo-answers with fpc leave the raw value at a census",
    "P16": "reference only: pseudo-answers with fpc leave the raw value at a census",
    "P18": "reference only: Wilson limits are the input of the MOVER vectors below",
    "P20": "reference only: mid-P may cover less than promised",
    "S_wilson": "reference only: Wilson limits are the input of the MOVER vectors below",
    "S_agresti_coull": "reference only: approximate, and for infinite populations",
    "S_jeffreys": "reference only: approximate, and for infinite populations",
    "M01": "reference only: Bonett's factor (N-n)/(N-1); the product uses Cochran's (N-n)/N",
    "M04": "reference only: needs the data set apisrs, which is not part of the vectors",
    "M05": "reference only: answers are not weighted",
    "M06": "reference only: answers are not weighted",
    "D02": "reference only: Miettinen and Nurminen's interval knows no finite population",
    "O05": "reference only: permutations are counted only where two editions part completely",
    "S_mwu": "reference only: equal variances assumed; Brunner and Munzel do not",
    "O06": "reference only: Sen's variance is not safe with ties",
    "T01": "reference only: persons as units call any wobble of large editions a trend",
    "T02": "reference only: persons as units call any wobble of large editions a trend",
    "T03": "reference only: persons as units call any wobble of large editions a trend",
    "T05": "reference only: nothing is smoothed",
    "A01": "reference only: not for ordered categories",
    "A03": "reference only: there are no rows per person to regress on",
    "R01": "reference only: the frame contains the respondents",
    "R03": "reference only: groups this small are not tested",
    "K02": "reference only: texts are counted, never words",
}


def near(name: str) -> Any:
    """The vector's values within its tolerance."""
    return pytest.approx(VECTORS[name]["expected"], abs=VECTORS[name]["tolerance"])


def share_of(name: str) -> Share:
    """The counts out of the vector's call."""
    given = dict(re.findall(r"([mnN])=(\d+)", VECTORS[name]["call"]))
    return Share(int(given["m"]), int(given["n"]), int(given["N"]))


def wilson(positive: int, answered: int) -> Interval:
    """Wilson's limits, which the product does not use, to feed the published MOVER values."""
    quantile = normal_quantile(0.975)
    share, square = positive / answered, quantile**2
    center = (share + square / (2 * answered)) / (1 + square / answered)
    spread = share * (1 - share) / answered + square / (4 * answered**2)
    reach = quantile * sqrt(spread) / (1 + square / answered)
    return Interval(center - reach, center + reach)


def one_person_wider(share: Share) -> Interval:
    """The limits samplingbook returns where neither side is clipped."""
    interval = share_interval(share)
    return Interval((interval.low - 1) / share.eligible, (interval.high + 1) / share.eligible)
