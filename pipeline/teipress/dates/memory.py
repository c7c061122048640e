"""`Memory`: what a reader of dates has learned on its way through a text."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass
class Memory:
    """What has been read so far: the last full day, the year that was named since, and what was wrong with a date."""

    last: date | None = None
    year: int | None = None
    problems: list[tuple[int, int, str, str]] = field(default_factory=list)
