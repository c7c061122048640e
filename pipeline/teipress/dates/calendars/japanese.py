"""Gregorian days with Japanese era years, since 1873; years here are those of the Common Era."""

from typing import Final

from teipress.dates.calendars import gregorian

ID: Final = "japanese"
NAME: Final = "Japanese era years (Gregorian days)"
MARKS: Final = ""
to_gregorian = gregorian.to_gregorian
