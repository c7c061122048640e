"""What the program must know of TEI's elements: which hold other elements, which hold text, which hide it.

The names follow the Guidelines' classes (model.divPart, model.phrase …); everything unlisted is phrase-level.
"""

from typing import Final

#: Elements whose own content is other elements; white space directly inside them means nothing.
CONTAINERS: Final = frozenset(
    [
        "TEI",
        "teiCorpus",
        "text",
        "group",
        "front",
        "body",
        "back",
        "div",
        "div1",
        "div2",
        "div3",
        "div4",
        "div5",
        "div6",
        "div7",
        "lg",
        "sp",
        "cit",
        "quote",
        "list",
        "table",
        "row",
        "figure",
        "castList",
        "castGroup",
        "floatingText",
        "postscript",
        "listBibl",
        "titlePage",
        "docTitle",
        "respStmt",
        "spGrp",
        "choice",
        "subst",
        "app",
        "opener",
        "closer",
        "address",
        "epigraph",
        "argument",
        "set",
        "performance",
    ]
) - {"opener", "closer", "choice", "subst", "app"}

#: Elements without words of their own that say what a mark stands for; they stand just before it.
POINTS: Final = frozenset({"gap", "space"})

#: Elements that begin a new run of text for a reader: a name or a date never spans two of them.
BLOCKS: Final = CONTAINERS | frozenset(
    [
        "p",
        "ab",
        "head",
        "l",
        "speaker",
        "stage",
        "item",
        "label",
        "cell",
        "figDesc",
        "opener",
        "closer",
        "salute",
        "signed",
        "dateline",
        "byline",
        "trailer",
        "addrLine",
        "titlePart",
        "docAuthor",
        "docDate",
        "docImprint",
        "imprimatur",
        "castItem",
        "role",
        "roleDesc",
        "note",
        "fw",
        "postscript",
        "epigraph",
        "argument",
        "headLabel",
        "headItem",
    ]
)

#: Elements that are blocks between blocks and phrases inside them.
BLOCK_OR_PHRASE: Final = frozenset(
    {"quote", "cit", "bibl", "q", "said", "floatingText", "list", "table", "figure"}
)

#: Blocks that hold running text: inside them `quote`, `bibl` and the like are phrases.
LEAVES: Final = BLOCKS - CONTAINERS - {"opener", "closer"}

#: Runs of their own: a reader does not meet them inside the sentence where they stand.
ASIDES: Final = frozenset({"note", "fw", "del"})

#: What this edition adds to the source's wording, unless @source says that the source itself adds it.
ADDITIONS: Final = frozenset({"corr", "reg", "expan", "ex", "supplied", "note"})

#: Two or more encodings of the same passage: never entered, only wrapped as a whole (Guidelines 3.5, 13).
ATOMS: Final = frozenset({"choice", "app"})

#: For the element that keeps the source's form, the one that carries the edition's (Guidelines 3.5).
COUNTERPARTS: Final = {"sic": "corr", "orig": "reg", "abbr": "expan"}

#: Elements that name someone or something; a person's own are settled ground (nothing is woven in or around).
NAMES: Final = frozenset(
    {"persName", "placeName", "orgName", "name", "rs", "geogName", "settlement", "country"}
)
