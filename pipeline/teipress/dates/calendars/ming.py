"""The Chinese lunisolar calendar with the regnal years of the Ming; years here are those of the Common Era."""

from typing import Final

from teipress.dates.calendars import chinese

ID: Final = "ming"
NAME: Final = "Chinese lunisolar calendar, years of the Ming reigns"
MARKS: Final = ""
to_gregorian = chinese.to_gregorian
