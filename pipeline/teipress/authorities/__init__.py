"""The authority files of an edition as a person keeps them: tables, reports, merging, additions.

`files` reads and writes the TEI, `table` turns it into CSV and back, `report` looks for what is amiss, `merging`
makes one entry of two, `command` is `teipress register`.
"""
