"""Names: what the program knows of them, and how it finds those that no register has.

`lexicon` reads what is known of a language's names (`patterns/CODE.toml`), `gazetteer` the names of places.
`proposals` finds names by patterns and carries them through a document; `recognisers` asks statistical models
where they are installed; `matching` finds the names of a register, of which `aliases` makes the short forms.
"""
