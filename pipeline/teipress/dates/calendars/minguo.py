"""The calendar of the Republic of China: Gregorian days, years from 1912; years here are those of the Common Era."""

from typing import Final

from teipress.dates.calendars import gregorian

ID: Final = "minguo"
NAME: Final = "Calendar of the Republic of China (Minguo)"
MARKS: Final = ""
to_gregorian = gregorian.to_gregorian
