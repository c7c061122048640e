"""Names: what the program knows of them, and how it finds those that no register has.

`lexicon` reads what is known of a language's names (`patterns/CODE.toml`), `gazetteer` the names of places, `personal`
those of persons. `proposals` finds names by patterns (`persons`, `bare`, `places`, `organisations`, `han`) and carries
them through a document (`carrying`, `companions`); `recognisers` asks models where they are installed, `trimming` gives
what they found its bounds. `unknown` and `unlisted` ask a dictionary what is no name.
`matching` finds the names of a register: `index` has its forms, of which `aliases` makes the short ones, `inflection`
those in other cases, `transliteration` and `romanisation` those in other letters; `identity` and `plausibility` tell
whose a name is, `misspelling` what is a slip of one.
"""
