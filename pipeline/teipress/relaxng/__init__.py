"""RELAX NG (ISO/IEC 19757-2), by derivatives: what stands where it may not, and what might stand there instead.

libxml2 takes seconds to load TEI P5 and minutes for some customisations, and its messages name neither the
fault nor what was expected. Here a grammar loads as far as it is needed (`reading`), every pattern exists once
(`patterns`), and what follows from a pattern and an element is worked out once (`derivatives`; Clark, "An
algorithm for RELAX NG validation", 2002), so that an automaton grows with the documents it has seen
(`automaton`). `syntax` and `restrictions` say what is wrong with a grammar itself (sections 3, 4 and 7).
Datatypes are libxml2's own; uniqueness of ids is a check of its own.
"""

from teipress.relaxng.automaton import MOST_FAULTS, Fault, Grammar, Seen
from teipress.relaxng.datatypes import RNG

__all__ = ["MOST_FAULTS", "RNG", "Fault", "Grammar", "Seen"]
