"""`Interval`: what a date expression says, as a first and a last day, with how surely and why."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal

from teipress.dates.variant import replace

Kind = Literal["when", "span", "limits"]

_KEYS: Final = {"when": ("when", "when"), "span": ("from", "to"), "limits": ("notBefore", "notAfter")}
_PLAIN: Final = "as it is written"
_STATED: Final = re.compile(
    r"(?:(?P<year>-?\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d)(?:T\d\d:\d\d(?::\d\d)?)?)?)?|--(?P<month_>\d\d)-(?P<day_>\d\d))"
)
_VALUE: Final = re.compile(r"(-?\d{4})(?:-(\d\d))?(?:-(\d\d))?")


@dataclass(frozen=True)
class Interval:
    """The time from `first` to `last`, each an ISO date as precise as it is known, or empty where it is open.

    `kind` is "when" for one date (`first` equals `last`), "span" for a time that lasts (@from, @to), "limits"
    for a date somewhere between (@notBefore, @notAfter). Values are proleptic Gregorian; what the source says
    in its `calendar` is `custom`. `reasons` say why it was read so, `inherited` which parts came from elsewhere,
    `alternative` is the other reading where two remain.
    """

    kind: Kind
    first: str
    last: str
    calendar: str = ""
    custom: tuple[str, str] = ("", "")
    cert: str = "high"
    precision: str = ""
    reasons: tuple[str, ...] = ()
    inherited: tuple[str, ...] = ()
    alternative: Interval | None = None
    type: str = ""

    @property
    def attributes(self) -> tuple[tuple[str, str], ...]:
        """The attributes of TEI's `date` (Guidelines 3.6.4, 14.4)."""
        keys = _KEYS[self.kind]
        found = dict(pair for pair in zip(keys, (self.first, self.last), strict=True) if pair[1])
        if any(self.custom):
            found |= {f"{k}-custom": v for k, v in zip(keys, self.custom, strict=True) if v and k in found}
        if self.calendar:
            found["calendar"] = self.calendar
            if any(key.endswith("-custom") for key in found):
                found["datingMethod"] = self.calendar.split()[0]
        if self.precision:
            found["precision"] = self.precision
        if self.type:
            found["type"] = self.type
        return tuple(found.items())

    @property
    def bounds(self) -> tuple[date | None, date | None]:
        """The first and the last day; None where a side is open or before the first year."""
        return day_of(self.first, last=False), day_of(self.last, last=True)

    @property
    def edtf(self) -> str:
        """The interval in the Extended Date/Time Format (level 1; a date between limits in level 2)."""
        mark = "~" if self.precision == "low" else "%" if self.cert == "low" and self.precision else ""
        mark = mark or ("?" if self.cert == "low" else "")
        first, last = (re.sub(r"^--(?=\d)", "XXXX-", value) for value in (self.first, self.last))
        if self.kind == "when":
            return f"{first}{mark}"
        open_end = "" if self.kind == "limits" else ".."
        text = f"{(first + mark) if first else '..'}/{(last + mark) if last else open_end or '..'}"
        return f"[{text.replace('/', '..')}]".replace("....", "..") if self.kind == "limits" else text

    def as_json(self) -> dict[str, Any]:
        """Give the interval as the object that `teipress date --json` prints."""
        found: dict[str, Any] = {}
        for key, value in self.attributes:
            if key != "datingMethod":
                found[key.replace("-", "_")] = value
        if self.calendar:
            found["calendar"] = self.calendar.split()[0]
        if self.custom[0] and self.custom[0] == self.custom[1]:
            found["when_custom"] = self.custom[0]
        found |= {
            "cert": self.cert,
            "edtf": self.edtf,
            "reason": "; ".join((*self.reasons, *self.inherited)) or _PLAIN,
        }
        if self.inherited:
            found["inherited"] = list(self.inherited)
        if self.alternative:
            found["alternative"] = dict(self.alternative.attributes)
        return found

    def because(self, *reasons: str) -> Interval:
        """Give the same interval with more reasons."""
        return replace(self, reasons=(*self.reasons, *reasons))


def year_value(year: int) -> str:
    """Give a year as ISO 8601 writes it: four figures, and a sign before Christ."""
    return f"{year:05}" if year < 0 else f"{year:04}"


def is_value(text: str) -> bool:
    """Tell whether a text is a value of @when and its like: a day, a month, a year, or a day without its year."""
    match = _STATED.fullmatch(text)
    if match is None:
        return False
    year = match["year"]
    month, day = (int(match[name] or match[f"{name}_"] or 1) for name in ("month", "day"))
    of = int(year) if year and int(year) > 0 else 2000
    return 1 <= month <= 12 and 1 <= day <= monthrange(of, month)[1]


def stated(text: str) -> dict[str, str]:
    """Give the attributes of a `date` that a person states, `1871-04-06` or `1871-04-06/1871-04-09`; empty for none."""
    first, stroke, last = text.partition("/")
    if not is_value(first) or (stroke and not is_value(last)):
        return {}
    return {"from": first, "to": last} if stroke else {"when": first}


def day_of(value: str, *, last: bool) -> date | None:
    """Give the first or the last day of an ISO date, a month or a year; None for an empty or a partial one."""
    match = _VALUE.match(value)
    if not match or int(match[1]) < 1:
        return None
    year = int(match[1])
    month = int(match[2] or (12 if last else 1))
    return date(year, month, int(match[3] or (monthrange(year, month)[1] if last else 1)))
