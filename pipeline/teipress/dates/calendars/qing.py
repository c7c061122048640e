"""The Chinese lunisolar calendar with the regnal years of the Qing; years here are those of the Common Era."""

from typing import Final

from teipress.dates.calendars import chinese

ID: Final = "qing"
NAME: Final = "Chinese lunisolar calendar, years of the Qing reigns"
MARKS: Final = ""
to_gregorian = chinese.to_gregorian
