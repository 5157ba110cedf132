"""Feeds of every kind, and what is none."""

from datetime import UTC, datetime
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lumbung.formats.feeds import NotAFeed, read_feed

RSS = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>Berita</title>
<item><guid>a1</guid><title>Harga &lt;b&gt;kertas&lt;/b&gt; naik</title><link>https://berita.example/1</link>
<description>&lt;p&gt;Naik &amp;amp; terus&lt;/p&gt;</description><pubDate>Mon, 30 Nov 2026 06:00:00 +0700</pubDate></item>
<item><title>Tanpa alamat yang baik</title><link>javascript:alert(1)</link></item><item></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Tren</title><entry><id>urn:1</id><title type="html">Repositori</title>
<link rel="self" href="https://t.example/self"/><link href="https://t.example/1"/><updated>2026-11-29T23:00:00Z</updated></entry></feed>"""
RDF = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
<channel><title>Lama</title></channel><item><title>Satu</title><link>http://lama.example/1</link></item></rdf:RDF>"""
BOMB = b'<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]><rss><channel><title>&b;</title></channel></rss>'
LEAK = b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><item><title>&x;</title></item></channel></rss>'


def test_rss_is_read_as_plain_text_and_only_with_addresses_a_browser_may_open():
    feed = read_feed(RSS)
    first, second = feed.entries
    assert (feed.title, first.key, first.title, first.text) == ("Berita", "a1", "Harga kertas naik", "Naik & terus")
    assert first.at == datetime(2026, 11, 29, 23, tzinfo=UTC)
    assert (second.title, second.url) == ("Tanpa alamat yang baik", "")


def test_atom_and_rss_1_are_read():
    [entry] = read_feed(ATOM.encode()).entries
    assert (entry.key, entry.url, entry.at) == ("urn:1", "https://t.example/1", datetime(2026, 11, 29, 23, tzinfo=UTC))
    assert [each.url for each in read_feed(RDF).entries] == ["http://lama.example/1"]


@pytest.mark.parametrize(
    "content", [b"", b"<html></html>", b"<rss", b"\x00\xff", BOMB, LEAK, b'<?xml version="1.0" encoding="klingon"?><rss/>']
)
def test_what_is_no_feed_or_a_trap_is_refused(content):
    with pytest.raises(NotAFeed):
        read_feed(content)


def test_a_feed_without_end_is_cut():
    many = b"<rss><channel>" + b"<item><title>x</title></item>" * 5000 + b"</channel></rss>"
    assert len(read_feed(many).entries) == 100


words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40)
addresses = st.one_of(
    words, st.sampled_from(["javascript:alert(1)", "https://[", "//a.example", "ftp://a.example/", "http://a.example/1"])
)


@given(st.lists(st.tuples(words, addresses, words), max_size=8))
def test_whatever_a_feed_says_only_plain_text_and_web_addresses_come_of_it(told):
    items = "".join(
        f"<item><title>{escape(title)}</title><link>{escape(url)}</link><description>{escape(text)}</description></item>"
        for title, url, text in told
    )
    entries = read_feed(f"<rss><channel>{items}</channel></rss>".encode()).entries
    assert len(entries) <= len(told)
    for entry in entries:
        assert entry.title
        assert entry.url == "" or entry.url.startswith(("http://", "https://"))
        assert entry.title == " ".join(entry.title.split())
        assert entry.text == " ".join(entry.text.split())
    kept = [title for title, _, text in told if title.isalnum() or text.isalnum()]
    assert len(entries) >= len(kept)
