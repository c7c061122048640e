"""What a parser says of a file that is not well-formed, in the words of people who edit texts.

libxml2 reports what it could not read, an editor wants to know what to write. A message that is not in the table is
given as it is.
"""

from __future__ import annotations

import re
from typing import Final

_USUAL: Final = "mend the markup at this place; everything after it is unread"

#: What libxml2 says, what is said instead, and what to do. An order: the first that fits.
_WORDS: Final = tuple(
    (re.compile(pattern), message, remedy)
    for pattern, message, remedy in (
        (
            r"Opening and ending tag mismatch: (\S+) line (\d+) and (\S+)",
            r"<\1> of line \2 is not closed before </\3>",
            r"write </\1> where the element ends, or <\1/> if it is empty; everything after this place is unread",
        ),
        (
            r"Premature end of data in tag (\S+) line (\d+)",
            r"<\1> of line \2 is not closed at the end of the file",
            r"close it with </\1>; perhaps the end of the file is lost",
        ),
        (
            r"Couldn't find end of Start Tag (\S+) line (\d+)",
            r"the tag <\1 of line \2 has no >",
            "write the > that ends the tag",
        ),
        (r"Document is empty", "the file is empty", "restore it, or remove it"),
        (
            r"Start tag expected, '<' not found",
            "this is not the beginning of an XML file",
            "begin the file with its first element; XML has no text around it",
        ),
        (
            r"xmlParseEntityRef: no name",
            'a "&" stands alone; in XML it begins a character reference',
            "write &amp; where the sign itself is meant",
        ),
        (
            r"EntityRef: expecting ';'",
            'there is no ";" after "&" and a name',
            "write &amp; where the sign itself is meant, or end the reference with ;",
        ),
        (
            r"StartTag: invalid element name",
            'there is no name after "<"',
            "write &lt; where the sign itself is meant",
        ),
        (
            r"AttValue: \" or ' expected",
            "the value of an attribute is not in straight quotes",
            'write name="value"',
        ),
        (
            r"AttValue: (['\"]) expected",
            "the value of an attribute does not end",
            r"write the quote that ends it: \1",
        ),
        (
            r"Specification mandates value for attribute (\S+)",
            r"the attribute \1 has no value",
            r'write \1="value", or take it out',
        ),
        (
            r"attributes construct error",
            "there is no space between two attributes, or something stands in the tag that is none",
            'write name="value", with a space before each',
        ),
        (r"Attribute (\S+) redefined", r"the attribute \1 stands twice in one tag", "keep one of them"),
        (
            r"Unescaped '<' not allowed in attributes values",
            'a "<" stands in the value of an attribute',
            "write &lt;, or look whether a quote is missing before it",
        ),
        (
            r"Extra content at the end of the document",
            "something follows after the end of the document",
            "take it out: a file has one outermost element, and nothing but comments after it",
        ),
        (
            r"Namespace prefix (\S+) (?:for \S+ )?on \S+ is not defined",
            r'the prefix "\1:" is not declared',
            r'write xmlns:\1="…" in this element or one around it',
        ),
        (
            r"XML declaration allowed only at the start",
            "the line <?xml …?> is not at the very beginning",
            "take it out, or take out what stands before it, even if that is an empty line",
        ),
        (
            r"Double hyphen within comment",
            'two hyphens stand in a comment, which "--" would end',
            "write — or - -",
        ),
        (r"Comment not terminated", "a comment does not end", "write --> where it ends"),
        (r"CData section not finished", "a CDATA section does not end", "write ]]> where it ends"),
        (r"Sequence '\]\]>' not allowed", '"]]>" stands in the text', "write ]]&gt;"),
        (
            r"Excessive depth in document: (\d+)",
            r"elements are nested deeper than \1 levels, which is not read",
            "look for an element that is opened again and again and never closed",
        ),
        (
            r"xml:id : attribute value (.+) is not an NCName",
            r'xml:id "\1" is no name',
            "begin it with a letter, and use no spaces or colons",
        ),
    )
)


def in_words(message: str) -> tuple[str, str]:
    """Give a message and a remedy for what libxml2 says of a file."""
    for pattern, words, remedy in _WORDS:
        if match := pattern.match(message):
            return f"not well-formed: {match.expand(words)}", match.expand(remedy)
    return f"not well-formed: {' '.join(message.split())}", _USUAL
