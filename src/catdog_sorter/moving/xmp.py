"""Adds keywords to an XMP sidecar and keeps every other byte of it. Pure.

Sidecars are untrusted input. Refused are those with a document type (it can declare entities, which
read files or grow without end), too large, too slow to parse, nested too deeply, or without the
structure of XMP. Keywords are inserted where they belong; nothing else changes.
"""

import re
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from xml.parsers import expat
from xml.sax.saxutils import escape

MAX_BYTES = 16 << 20
# Processor time for one sidecar in all; large real ones take a tenth of it.
MAX_CPU_S = 2.0
# Parsed in pieces, to check the time in between. A tag that spans pieces is parsed again with each.
_PIECE_BYTES = 1 << 18
_MAX_TAG_BYTES = 4 << 20
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_META = ("adobe:ns:meta/", "xmpmeta")
_ROOT, _DESCRIPTION, _ITEM = (_RDF, "RDF"), (_RDF, "Description"), (_RDF, "li")
# The elements around a description, and around its properties.
_AROUND = [_ROOT], [_META, _ROOT]
_BEFORE_PROPERTY = [_ROOT, _DESCRIPTION], [_META, _ROOT, _DESCRIPTION]
_LISTS = {(_RDF, "Bag"), (_RDF, "Seq"), (_RDF, "Alt")}
# The properties that photo managers read keywords from, with their usual prefixes and list types.
_PROPERTIES = {
    ("http://purl.org/dc/elements/1.1/", "subject"): ("dc", "Bag"),
    ("http://ns.adobe.com/lightroom/1.0/", "hierarchicalSubject"): ("lr", "Bag"),
    ("http://www.digikam.org/ns/1.0/", "TagsList"): ("digiKam", "Seq"),
}
_EMPTY = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
    '<x:xmpmeta xmlns:x="adobe:ns:meta/">\n'
    f' <rdf:RDF xmlns:rdf="{_RDF}">\n'
    '  <rdf:Description rdf:about="">\n'
    "  </rdf:Description>\n"
    " </rdf:RDF>\n"
    "</x:xmpmeta>\n"
    '<?xpacket end="w"?>\n'
).encode()
_START_TAG = re.compile(rb"""<[^"'>]*(?:"[^"]*"[^"'>]*|'[^']*'[^"'>]*)*>""")
_MAX_DEPTH = 64
_TAG = re.compile(rb"<[^<]*")  # and the text behind it
_SEPARATOR = "\x1f"  # not allowed in XML

Name = tuple[str, str]  # namespace and local name
Splice = tuple[int, int, str]  # the bytes from start to end are replaced by a text


class XmpError(Exception):
    """Keywords cannot be added safely to this XMP; `str(error)` is a sentence."""


def with_keywords(sidecar: bytes | None, keywords: Sequence[str]) -> bytes | None:
    """The sidecar (None for a new one) with these keywords added; None when it has them all.

    Raises XmpError when it cannot be read as XMP in UTF-8.
    """
    content = _EMPTY if sidecar is None else sidecar
    deadline = time.thread_time() + MAX_CPU_S
    splices = sorted(_splices(content, _read(content, deadline), keywords), reverse=True)
    if not splices:
        return None
    for start, end, text in splices:
        content = content[:start] + text.encode() + content[end:]
    _check(content, keywords, deadline)
    return content


def _check(content: bytes, keywords: Sequence[str], deadline: float) -> None:
    """Raise XmpError unless the new content is parsed back with the intended keywords."""
    lists = _read(content, deadline).lists
    if not all(name in lists and lists[name].words >= set(keywords) for name in _PROPERTIES):
        raise _odd("keywords cannot be added")


def _odd(why: str) -> XmpError:
    return XmpError(f"Its structure is not supported: {why}.")


# --- Writing ---------------------------------------------------------------------------------


@dataclass(slots=True)
class _Element:
    """An element with its name and the byte offsets of its tags; an empty tag is at `start`."""

    name: Name
    prefix: str
    start: int
    end: int = 0
    words: set[str] = field(default_factory=set)

    def tag(self, local: str) -> str:
        """A name in the namespace of this element, with the prefix that is valid inside it."""
        return f"{self.prefix}:{local}" if self.prefix else local


@dataclass(slots=True)
class _Found:
    """The first description, and the list of each existing property."""

    description: _Element | None = None
    lists: dict[Name, _Element] = field(default_factory=dict)


def _splices(content: bytes, found: _Found, keywords: Sequence[str]) -> Iterator[Splice]:
    if found.description is None:
        raise XmpError("It is not XMP: it has no rdf:Description.")
    new = ""
    for name, (prefix, kind) in _PROPERTIES.items():
        words = found.lists.get(name)
        if words is None:
            new += _property(found.description, name, prefix, kind, keywords)
        elif missing := [word for word in keywords if word not in words.words]:
            yield _inside(content, words, _items(words.tag("li"), missing))
    if new:
        yield _inside(content, found.description, new)


def _property(around: _Element, name: Name, prefix: str, kind: str, keywords: Iterable[str]) -> str:
    """A whole property; it declares its own prefix, regardless of outer declarations."""
    tag, rdf = f"{prefix}:{name[1]}", around.prefix or "rdf"
    declared = "" if around.prefix else f' xmlns:rdf="{_RDF}"'
    return (
        f' <{tag} xmlns:{prefix}="{name[0]}"{declared}><{rdf}:{kind}>'
        f"{_items(f'{rdf}:li', keywords)}</{rdf}:{kind}></{tag}>\n  "
    )


def _items(tag: str, keywords: Iterable[str]) -> str:
    return "".join(f"<{tag}>{escape(word)}</{tag}>" for word in keywords)


def _inside(content: bytes, element: _Element, text: str) -> Splice:
    """The splice that appends `text` to the element, which may be an empty tag."""
    opening = _START_TAG.match(content, element.start)
    if opening is None:
        raise _odd("a tag is not closed")
    if opening[0].endswith(b"/>"):
        return opening.end() - 2, opening.end(), f">{text}</{element.tag(element.name[1])}>"
    return element.end, element.end, text


# --- Reading ---------------------------------------------------------------------------------


def _read(content: bytes, deadline: float) -> _Found:
    """Parse a sidecar. `deadline`: in this thread's processor time; raises XmpError after it."""
    if len(content) > MAX_BYTES:
        raise XmpError(f"It is larger than {MAX_BYTES >> 20} MiB, so it was not read.")
    if any(len(tag) > _MAX_TAG_BYTES for tag in _TAG.findall(content)):
        raise _odd(f"a tag is larger than {_MAX_TAG_BYTES >> 20} MiB")
    reader = _Reader(deadline)
    try:
        for start in range(0, len(content), _PIECE_BYTES):
            reader.check_time()
            reader.parser.Parse(content[start : start + _PIECE_BYTES], False)
        reader.parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise XmpError(
            f"It is damaged, or not written in UTF-8: {expat.ErrorString(error.code)}, "
            f"line {error.lineno}."
        ) from error
    return reader.found


class _Reader:
    """Parses a document once and records where keywords are and could be inserted."""

    def __init__(self, deadline: float) -> None:
        self._deadline = deadline
        self.found = _Found()
        self._open: list[_Element] = []
        self._text: list[str] = []
        self.parser = expat.ParserCreate("UTF-8", _SEPARATOR)
        self.parser.namespace_prefixes = True
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._refuse_doctype
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text.append

    def check_time(self) -> None:
        """Raise XmpError after the deadline."""
        if time.thread_time() > self._deadline:
            raise XmpError(f"Reading it takes more than {MAX_CPU_S:g} seconds, so it was not read.")

    def _refuse_doctype(self, *_: object) -> None:
        raise XmpError("It declares a document type, which no sidecar needs and which can do harm.")

    def _start(self, raw: str, attributes: Mapping[str, str]) -> None:
        name, prefix = _split(raw)
        element = _Element(name, prefix, self.parser.CurrentByteIndex)
        above = [outer.name for outer in self._open]
        if len(above) > _MAX_DEPTH:
            raise _odd("it is nested too deep")
        self._open.append(element)
        self._text.clear()
        if name == _DESCRIPTION and above in _AROUND:
            self.found.description = self.found.description or element
            if any(_split(attribute)[0] in _PROPERTIES for attribute in attributes):
                raise _odd("its keywords are not a list")
        elif (
            name in _LISTS
            and _is_property(above)
            and self.found.lists.setdefault(above[-1], element) is not element
        ):
            raise _odd("it lists its keywords twice")

    def _end(self, _: str) -> None:
        element = self._open.pop()
        element.end = self.parser.CurrentByteIndex
        if element.name == _ITEM and self._open:
            self._open[-1].words.add("".join(self._text))
        path = [*(outer.name for outer in self._open), element.name]
        if _is_property(path) and element.name not in self.found.lists:
            raise _odd("its keywords are not a list")


def _is_property(path: list[Name]) -> bool:
    """Whether these nested elements lead to a property that contains keywords."""
    return path[:-1] in _BEFORE_PROPERTY and path[-1] in _PROPERTIES


def _split(raw: str) -> tuple[Name, str]:
    """Namespace and local name, and the prefix as written."""
    parts = raw.split(_SEPARATOR)
    namespace, local = parts[:2] if len(parts) > 1 else ("", raw)
    return (namespace, local), parts[2] if len(parts) > 2 else ""
