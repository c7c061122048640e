"""Who wrote to whom, when and where: read from the sidecar, and else from the letter itself (Guidelines 2.4.6).

Nothing is concluded beyond the words: a signature, a salutation with a name, an address, a dateline. What none of
them says is left out.
"""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from teipress.correspondence.conveyance import Conveyance, conveyances
from teipress.correspondence.days import interval, received_day, sent_day
from teipress.correspondence.persons import recipients, senders
from teipress.correspondence.places import received_place, sent_place
from teipress.correspondence.sheet import Sheet
from teipress.edition import Sidecar

__all__ = ["Correspondence", "correspondence", "interval"]


@dataclass(frozen=True)
class Correspondence:
    """What is known of one letter; an empty string or tuple where nobody says."""

    senders: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    date: tuple[tuple[str, str], ...] = ()
    place: str = ""
    received: tuple[tuple[str, str], ...] = ()
    received_place: str = ""
    conveyances: tuple[Conveyance, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.senders or self.recipients or self.date or self.place or self.received_place)


def correspondence(
    letter: etree._Element, sidecar: Sidecar, code: str, before: Correspondence | None = None
) -> Correspondence:
    """Read the correspondence of a drafted `div type="letter"`; the sidecar's word comes first.

    `before` is that of the letter before it, whose year a day may have.
    """
    sheet = Sheet.of(letter, code)
    date = interval(sidecar.date) or sent_day(sheet, before.date if before else ())
    return Correspondence(
        senders=sidecar.author or senders(sheet),
        recipients=sidecar.recipient or recipients(sheet),
        date=date,
        place=sidecar.place or sent_place(sheet),
        received=received_day(sheet, date),
        received_place=received_place(sheet),
        conveyances=conveyances(sheet, date),
    )
