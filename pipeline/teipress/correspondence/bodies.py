"""Whether a sender or a recipient is a firm or a body rather than a person: `orgName` in `correspAction`."""

from __future__ import annotations

import re
from typing import Final

from teipress.drafting.datelines import names_person
from teipress.drafting.formulas import formulas
from teipress.names.lexicon import lexicon

_ARTICLE: Final = re.compile(r"^(?:the|die|das|den|der|le|la|les|il|el|los)\s+|^l[’']", re.IGNORECASE)
#: What the names of firms have, in any language.
_FIRM: Final = re.compile(
    r"\s&\s(?:co\b|cie\b|sons?\b|söhne\b|sohn\b|fils\b|\w)|\b(?:co|cie|ltd|inc|a\.-?\s?g|g\.?\s?m\.?\s?b\.?\s?h)\b\.?$|"
    r"\b(?:gebr|gebrüder|frères|brothers|bros|fratelli|hermanos)\b",
    re.IGNORECASE,
)
_HAN_BODY: Final = re.compile(
    "(?:政府|商會|商会|公司|委員會|委员会|學校|学校|書局|书局|局|部|處|处|廳|厅|社|院)$"
)
_COVERED: Final = 0.6  # the share of a name that says that it is a body's


def is_body(name: str, code: str) -> bool:
    """Tell whether a name is that of a firm or a body; an office is a person's."""
    bare = _ARTICLE.sub("", name)
    if formulas(code).office.match(bare):
        return False
    if code.startswith("zh"):
        return bool(_HAN_BODY.search(name)) and len(name) > 3
    if _FIRM.search(name):
        return True
    known = lexicon(code)
    found = [match for pattern in (known.bodies, *known.orgs) if (match := pattern.match(bare))]
    covered = max((match.end() - match.start() for match in found), default=0)
    return not names_person(bare, code) and covered >= _COVERED * len(bare)
