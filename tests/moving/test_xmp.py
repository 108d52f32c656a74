import math
import time

import pytest

from catdog_sorter.moving import xmp
from catdog_sorter.moving.xmp import MAX_CPU_S, XmpError, with_keywords

RDF = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
SUBJECT = "http://purl.org/dc/elements/1.1/", "subject"


def described(inside: str, attributes: str = "") -> bytes:
    return (
        f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF {RDF}>'
        f'<rdf:Description rdf:about="" {DC} {attributes}>{inside}</rdf:Description>'
        "</rdf:RDF></x:xmpmeta>"
    ).encode()


def keywords(content: bytes | None) -> list[set[str]]:
    assert content is not None
    return [element.words for element in xmp._read(content, math.inf).lists.values()]


def without_additions(new: bytes, old: bytes) -> bytes:
    """The bytes of `new` without those of `old`, matched in order."""
    rest = iter(new)
    return bytes(byte for byte in old if byte in rest)


def test_a_new_sidecar_has_the_keywords_wherever_they_are_looked_for() -> None:
    new = with_keywords(None, ["cat", "dog"])
    assert keywords(new) == [{"cat", "dog"}] * 3


OLD = [
    described(""),
    described("<dc:subject><rdf:Bag><rdf:li>kitten</rdf:li></rdf:Bag></dc:subject>"),
    described("<dc:subject><rdf:Bag/></dc:subject><!-- mine --><a:b xmlns:a='u:a'>&lt;é</a:b>"),
    described("<dc:subject><rdf:Seq >\n<rdf:li xml:lang='x'>a</rdf:li></rdf:Seq ></dc:subject>"),
    # A list of other things, and keywords of a picture inside the picture, are not touched.
    described("<dc:creator><rdf:Bag><rdf:li>cat</rdf:li></rdf:Bag></dc:creator>"),
    described(
        "<e:in xmlns:e='u:e'><rdf:Description><dc:subject>x</dc:subject></rdf:Description></e:in>"
    ),
    f"<rdf:RDF {RDF}><rdf:Description a='>' b=\"/>\"/></rdf:RDF>".encode(),
    (
        f'\ufeff<?xml version="1.0"?>\n<RDF {RDF.replace(":rdf", "")}><Description>'
        f"<d:subject {DC.replace(':dc', ':d')}><Bag/></d:subject></Description>"
        "<Description/></RDF><?end w?>\n"
    ).encode(),
]


@pytest.mark.parametrize("old", OLD)
def test_what_a_sidecar_holds_stays_and_keywords_come_once(old: bytes) -> None:
    new = with_keywords(old, ["cat"])
    assert all("cat" in words for words in keywords(new))
    assert new and without_additions(new, old.replace(b"/>", b"")) == old.replace(b"/>", b"")
    both = with_keywords(new, ["cat", "dog"])
    assert all({"cat", "dog"} <= words for words in keywords(both))
    assert with_keywords(both, ["dog", "cat"]) is None


BOMB = "<!ENTITY a 'aaaa'>" + "".join(f"<!ENTITY a{n} '&a;&a;'>" for n in range(9))


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        (b"", "damaged"),
        (b"\0\1\2", "damaged"),
        (described("")[:-5], "damaged"),
        (described("&passwd;"), "damaged"),
        (described("\u00e9").decode().encode("latin-1"), "not written in UTF-8"),
        (described("").decode().encode("utf-16"), "not written in UTF-8"),
        (b"<a/>", "it has no rdf:Description"),
        (f"<!DOCTYPE x [{BOMB}]>".encode() + described("&a8;"), "document type"),
        (b"<!DOCTYPE x SYSTEM 'file:///etc/passwd'>" + described(""), "document type"),
        (described("<dc:subject>cat</dc:subject>"), "not a list"),
        (described("", 'dc:subject="cat"'), "not a list"),
        (described("<dc:subject><rdf:Bag/></dc:subject>" * 2), "twice"),
        (described("<a>" * 300 + "</a>" * 300), "nested"),
        (b" " * (xmp.MAX_BYTES + 1), "larger than 16 MiB"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_sidecars_that_cannot_be_changed_safely_are_refused(bad: bytes, why: str) -> None:
    with pytest.raises(XmpError, match=why):
        with_keywords(bad, ["cat"])


def tag_with(attribute: str, count: int) -> str:
    return f"<a {' '.join(map(attribute.format, range(count)))}/>"


class TestSidecarsThatTakeLong:
    """One sidecar must not delay a run: it is read or refused within 2 seconds of work."""

    HEAD = (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="">'
    )
    END = "</rdf:Description></rdf:RDF></x:xmpmeta>"

    @pytest.mark.parametrize(
        "inside",
        [
            pytest.param("<a/>" * 4_000_000, id="elements"),
            pytest.param(("<a>" * 50 + "</a>" * 50) * 40_000, id="nested"),
            pytest.param(tag_with("a{}=''", 1_000_000), id="attributes"),
            pytest.param(tag_with("xmlns:a{}='u'", 500_000), id="spaces"),
            pytest.param("<a>" * 100 + "</a>" * 100, id="deep"),
        ],
    )
    def test_they_are_refused(self, inside: str) -> None:
        sidecar = f"{self.HEAD}{inside}{self.END}".encode()
        began = time.thread_time()
        with pytest.raises(XmpError):
            with_keywords(sidecar, ["cat"])
        assert time.thread_time() - began < MAX_CPU_S + 1

    def test_a_large_honest_one_is_read(self) -> None:
        inside = "<a>word</a>\n" * 20_000 + f"<b>{'eW91cnM=' * 300_000}</b>"
        sidecar = f"{self.HEAD}{inside}{self.END}".encode()
        assert with_keywords(sidecar, ["cat"]) is not None
