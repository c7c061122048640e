"""The era of the Bogd Khan of Mongolia; reckoned by the Chinese calendar, from which the Mongolian may differ."""

from typing import Final

from teipress.dates.calendars import chinese

ID: Final = "bogdKhan"
NAME: Final = "Lunisolar calendar with the era of the Bogd Khan (reckoned as the Chinese)"
MARKS: Final = ""
CERT: Final = "medium"
to_gregorian = chinese.to_gregorian
