"""Small files of every format, written here: what tests read."""

from __future__ import annotations

import gzip
import io
import sys
import zipfile
from collections.abc import Mapping, Sequence
from email.message import EmailMessage

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
DUBLIN = "http://purl.org/dc/elements/1.1/"
OPEN = "urn:oasis:names:tc:opendocument:xmlns:"


def zipped(parts: Mapping[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP archive of these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


def gzipped(data: bytes) -> bytes:
    """A gzip file."""
    return gzip.compress(data, mtime=0)


def zstandard(data: bytes) -> bytes:
    """A Zstandard file."""
    return bytes(zstd.compress(data))


def docx(paragraphs: Sequence[str], *, title: str = "", language: str = "", body: str = "") -> bytes:
    """A DOCX file of these paragraphs, and of `body` as it is."""
    text = "".join(f"<w:p><w:pPr><w:jc/></w:pPr><w:r><w:t>{each}</w:t></w:r></w:p>" for each in paragraphs)
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "word/document.xml": f'<?xml version="1.0"?><w:document xmlns:w="{WORD}"><w:body>{text}{body}</w:body></w:document>',
            "docProps/core.xml": f'<c:coreProperties xmlns:c="{CORE}" xmlns:d="{DUBLIN}">'
            f"<d:title>{title}</d:title><d:language>{language}</d:language></c:coreProperties>",
        }
    )


def odt(paragraphs: Sequence[str], *, title: str = "", language: str = "", body: str = "") -> bytes:
    """An ODT file of these paragraphs, the first a heading, and of `body` as it is."""
    names = " ".join(f'xmlns:{name}="{OPEN}{name}:1.0"' for name in ("office", "text", "meta"))
    tags = ["h", *["p"] * len(paragraphs)]
    text = "".join(f"<text:{tag}>{each}</text:{tag}>" for tag, each in zip(tags, paragraphs, strict=False))
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<office:document-content {names}><office:body><office:text>{text}{body}</office:text></office:body></office:document-content>",
            "meta.xml": f'<office:document-meta {names} xmlns:dc="{DUBLIN}"><office:meta><dc:title>{title}</dc:title>'
            f"<dc:language>{language}</dc:language></office:meta></office:document-meta>",
        },
        zipfile.ZIP_STORED,
    )


def epub(chapters: Sequence[str], *, title: str = "", language: str = "", date: str = "") -> bytes:
    """An EPUB file of these chapters; they stand in it in another order than they are read in."""
    pages = {f"text/{number} a.xhtml": each for number, each in reversed(list(enumerate(chapters)))}
    items = "".join(
        f'<item id="c{number}" href="text/{number}%20a.xhtml" media-type="application/xhtml+xml"/>'
        for number in range(len(chapters))
    )
    order = "".join(f'<itemref idref="c{number}"/>' for number in range(len(chapters)))
    stated = f"<dc:title>{title}</dc:title><dc:language>{language}</dc:language><dc:date>{date}</dc:date>"
    return zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": '<container><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>',
            "OEBPS/book.opf": f'<package xmlns:dc="{DUBLIN}"><metadata>{stated}</metadata><manifest>{items}</manifest><spine>{order}</spine></package>',
            **{
                f"OEBPS/{name}": f"<html><head><title>t</title></head><body>{each}</body></html>"
                for name, each in pages.items()
            },
        },
        zipfile.ZIP_STORED,
    )


def pdf(pages: Sequence[str], *, title: str = "") -> bytes:
    """A PDF file of these pages, each one line of text in any script: glyphs without a font's shapes, told by a ToUnicode table."""
    letters = sorted(set("".join(pages)))
    codes = {letter: number for number, letter in enumerate(letters, start=1)}
    table = "\n".join(f"<{number:04x}> <{letter.encode('utf-16-be').hex()}>" for letter, number in codes.items())
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        f"{len(codes)} beginbfchar\n{table}\nendbfchar endcmap end end"
    )
    objects = [
        "<</Type /Catalog /Pages 2 0 R>>",
        f"<</Type /Pages /Count {len(pages)} /Kids [{' '.join(f'{7 + 2 * number} 0 R' for number in range(len(pages)))}]>>",
        "<</Type /Font /Subtype /Type0 /BaseFont /Plain /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 5 0 R>>",
        "<</Type /Font /Subtype /CIDFontType2 /BaseFont /Plain /CIDSystemInfo <</Registry (Adobe) /Ordering (Identity) /Supplement 0>> /DW 500>>",
        f"<</Length {len(cmap)}>>\nstream\n{cmap}\nendstream",
        f"<</Title <feff{title.encode('utf-16-be').hex()}>>>",
    ]
    for number, page in enumerate(pages):
        drawn = f"BT /F1 12 Tf 50 700 Td <{''.join(f'{codes[letter]:04x}' for letter in page)}> Tj ET"
        objects.append(
            f"<</Type /Page /Parent 2 0 R /MediaBox [0 0 2000 800] /Contents {8 + 2 * number} 0 R /Resources <</Font <</F1 3 0 R>>>>>>"
        )
        objects.append(f"<</Length {len(drawn)}>>\nstream\n{drawn}\nendstream")
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, each in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{each}\nendobj\n".encode("latin-1")
    start = len(out)
    entries = "".join(f"{place:010d} 00000 n \n" for place in places)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{entries}trailer\n<</Size {len(objects) + 1} /Root 1 0 R /Info 6 0 R>>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


def mail(
    subject: str, text: str, *, page: str = "", attached: Mapping[str, bytes] | None = None, charset: str = "utf-8"
) -> bytes:
    """A mail with a text, a page beside it, and files attached."""
    message = EmailMessage()
    message["Subject"] = subject
    message["From"] = "Пресс-служба <press@example.org>"
    message["To"] = "desk@example.org"
    message["Date"] = "Fri, 17 May 2024 23:30:00 +0500"
    if text:
        message.set_content(text, charset=charset)
    if page:
        (message.add_alternative if text else message.set_content)(page, subtype="html")
    message["Content-Language"] = "ru"
    for name, data in (attached or {}).items():
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return bytes(message)


def mailbox(mails: Sequence[bytes]) -> bytes:
    """A mailbox of these mails."""
    return b"".join(
        b"From press@example.org Fri May 17 23:30:00 2024\n" + each.replace(b"\nFrom ", b"\n>From ") + b"\n\n"
        for each in mails
    )


RSS = """<?xml version="1.0" encoding="{encoding}"?>
<!-- <rss> in a comment -->
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Harbour Post</title><language>en</language><link>https://example.org</link>
<item><title>Ports &amp;amp; ships</title><link>https://example.org/1</link><pubDate>Fri, 17 May 2024 23:30:00 +0500</pubDate>
<description>short</description><content:encoded><![CDATA[<p>Kenya and <b>Norway</b> agreed.</p><p>Čapek signed &amp; left.</p>]]></content:encoded></item>
<item><title>Fish</title><description>&lt;p&gt;Oslo caught &lt;i&gt;cod&lt;/i&gt;.&lt;/p&gt;</description><author/></item>
<item><guid>3</guid></item>
<item><title>Only a title</title></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="kk"><title>Айқын</title>
<link rel="self" href="https://example.org/feed"/>
<entry><title type="html">&lt;b&gt;Астана&lt;/b&gt;</title><link rel="edit" href="https://example.org/edit"/><link href="https://example.org/a"/>
<published>2024-06-13T05:00:00Z</published>
<updated>2024-07-01T00:00:00Z</updated>
<summary>қысқа</summary><content type="xhtml"><div><div>Елші <em>қабылдады</em>.</div><p>Тараптар келісті.</p></div></content></entry></feed>"""
