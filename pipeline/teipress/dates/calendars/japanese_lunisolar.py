"""The Japanese lunisolar calendar, until 1872; reckoned as the Chinese, from which it may differ by a day."""

from typing import Final

from teipress.dates.calendars import chinese

ID: Final = "japaneseLunisolar"
NAME: Final = "Japanese lunisolar calendar (reckoned as the Chinese)"
MARKS: Final = ""
CERT: Final = "medium"
to_gregorian = chinese.to_gregorian
