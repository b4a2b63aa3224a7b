"""The tagged canvas: every mark belongs to an element or is an artifact."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import quote

from pressdesk.formats.writers.pdf import xmp
from pressdesk.formats.writers.pdf.embed import Subset
from pressdesk.formats.writers.pdf.file import File, text
from pressdesk.formats.writers.pdf.fonts import Face
from pressdesk.formats.writers.pdf.outline import Bookmark, outlined
from pressdesk.formats.writers.pdf.struct import Elem, Root
from pressdesk.formats.writers.pdf.theme import Colour

END = "EMC"


@dataclass(slots=True)
class Page:
    """One page: its drawing code, the owners of its marked content, and its links."""

    number: int
    code: list[str] = field(default_factory=list)
    owners: list[Elem] = field(default_factory=list)
    links: list[int] = field(default_factory=list)


class Canvas:
    """Draws pages of one size and keeps the structure tree in step.

    ``elem`` opens marked content of an element, ``artifact`` what no reader is told of; each
    gives the opening operator, to be closed with ``END``. Distances are points from the lower
    left corner.
    """

    def __init__(self, size: tuple[float, float], about: xmp.Meta) -> None:
        self.size = size
        self.root = Root()
        self.pages: list[Page] = []
        self.bookmarks: list[Bookmark] = []
        self._about = about
        self._file = File()
        self._fonts: dict[str, Subset] = {}
        self._images: dict[str, tuple[str, int]] = {}
        self._links: list[tuple[int, str]] = []
        self._pages_object = 0
        self._resources = self._file.add(self._resource_body)
        self._tree_of_pages = self._file.add(self._pages_body)
        self.page = self.turn()

    # --- drawing

    def turn(self) -> Page:
        """Begin a new page; its object number serves as its name in the tree."""
        page = Page(0)
        page.number = self._file.add(lambda: self._page_body(page))
        self.pages.append(page)
        self.page = page
        return page

    def font(self, face: Face) -> Subset:
        """What this document uses of a face."""
        found = self._fonts.get(face.name)
        if found is None:
            found = self._fonts[face.name] = Subset(face, f"F{len(self._fonts) + 1}")
        return found

    def elem(self, elem: Elem) -> str:
        """Open content of an element."""
        page = self.page
        if elem.late and elem.parent is not None:
            elem.late = False
            elem.parent.kids.append(elem)
        number = len(page.owners)
        page.owners.append(elem)
        elem.kids.append((page.number, number))
        return f"/{elem.tag}<</MCID {number}>>BDC"

    def artifact(self, kind: str = "Layout", sub: str = "") -> str:
        """Open content that screen readers ignore."""
        return f"/Artifact<</Type/{kind}{f'/Subtype/{sub}' if sub else ''}>>BDC"

    def rule(
        self,
        x: float,
        y: float,
        width: float,
        colour: Colour,
        thick: float = 0.75,
        *,
        kind: str = "Layout",
    ) -> None:
        """A horizontal line, as an artifact of this kind."""
        self.page.code.append(
            f"{self.artifact(kind)} {stroke(colour)} {thick:g} w {x:.2f} {y:.2f} m "
            f"{x + width:.2f} {y:.2f} l S {END}"
        )

    def block(self, x: float, y: float, width: float, height: float, colour: Colour) -> None:
        """A filled rectangle, as an artifact."""
        self.page.code.append(
            f"{self.artifact()} {fill(colour)} {x:.2f} {y:.2f} {width:.2f} {height:.2f} re f {END}"
        )

    def frame(self, x: float, y: float, width: float, height: float, colour: Colour) -> None:
        """The outline of a rectangle, as an artifact."""
        self.page.code.append(
            f"{self.artifact()} {stroke(colour)} 1 w {x:.2f} {y:.2f} {width:.2f} {height:.2f} "
            f"re S {END}"
        )

    def image(self, sha: str, number: int, box: tuple[float, float, float, float]) -> str:
        """The code that draws a picture taken in with ``picture`` into (x, y, width, height)."""
        name, _ = self._images.setdefault(sha, (f"I{len(self._images) + 1}", number))
        x, y, width, height = box
        return f"q {width:.2f} 0 0 {height:.2f} {x:.2f} {y:.2f} cm /{name} Do Q"

    def picture(self, entries: str, data: bytes) -> int:
        """Take in the packed pixels of a picture; its object number."""
        head = "/Type/XObject/Subtype/Image/BitsPerComponent 8"
        return self._file.raw_stream(head + entries, data)

    def link(
        self, elem: Elem, url: str, box: tuple[float, float, float, float], words: str
    ) -> None:
        """A link annotation over (left, bottom, right, top), tied to its element."""
        key = self.root.key(elem)
        left, bottom, right, top = box
        number = self._file.add(
            f"<</Type/Annot/Subtype/Link/Rect[{left:.2f} {bottom:.2f} {right:.2f} {top:.2f}]/F 4"
            f"/Border[0 0 0]/StructParent {key}/Contents{text(words)}"
            f"/A<</S/URI/URI{text(_written_out(url))}>>>>"
        )
        self.page.links.append(number)
        elem.kids.append((self.page.number, -1, number))

    def bookmark(self, level: int, title: str, top: float) -> None:
        """Put a heading into the outline; levels never jump by more than one."""
        last = self.bookmarks[-1].level if self.bookmarks else 0
        self.bookmarks.append(Bookmark(min(level, last + 1), title, self.page.number, top))

    # --- the file

    def save(self) -> bytes:
        """The finished file. The canvas cannot be used afterwards."""
        file, about = self._file, self._about
        keys = [self.root.key(page.owners) for page in self.pages]
        self._keys = dict(zip((page.number for page in self.pages), keys, strict=True))
        self._streams = {
            page.number: file.stream("", "\n".join(page.code).encode("ascii"))
            for page in self.pages
        }
        self._font_objects = {font.name: font.write(file) for font in self._fonts.values()}
        tree = self.root.write(file)
        metadata = file.raw_stream("/Type/Metadata/Subtype/XML", xmp.packet(about))
        profile = file.packed_stream("/N 3", xmp.srgb())
        outline = outlined(file, self.bookmarks)
        catalog = (
            f"/Pages {self._tree_of_pages} 0 R/Lang{text(about.language)}"
            f"/MarkInfo<</Marked true>>/StructTreeRoot {tree} 0 R/Metadata {metadata} 0 R"
            "/ViewerPreferences<</DisplayDocTitle true>>/OutputIntents[<</Type/OutputIntent"
            "/S/GTS_PDFA1/OutputConditionIdentifier(sRGB IEC61966-2.1)/Info(sRGB IEC61966-2.1)"
            f"/DestOutputProfile {profile} 0 R>>]{outline}"
        )
        return file.finish(catalog, xmp.info(about))

    def _page_body(self, page: Page) -> bytes:
        links = f"/Annots[{' '.join(f'{n} 0 R' for n in page.links)}]" if page.links else ""
        width, height = self.size
        return (
            f"<</Type/Page/Parent {self._tree_of_pages} 0 R/MediaBox[0 0 {width:g} {height:g}]"
            f"/Resources {self._resources} 0 R/Contents {self._streams[page.number]} 0 R"
            f"/StructParents {self._keys[page.number]}/Tabs/S{links}>>"
        ).encode("ascii")

    def _pages_body(self) -> bytes:
        kids = " ".join(f"{page.number} 0 R" for page in self.pages)
        return f"<</Type/Pages/Count {len(self.pages)}/Kids[{kids}]>>".encode("ascii")

    def _resource_body(self) -> bytes:
        fonts = "".join(f"/{name} {number} 0 R" for name, number in self._font_objects.items())
        images = "".join(f"/{name} {number} 0 R" for name, number in self._images.values())
        return f"<</Font<<{fonts}>>/XObject<<{images}>>>>".encode("ascii")


def _written_out(url: str) -> str:
    """The address in ASCII, as PDF wants it: host by IDNA, all else percent-encoded."""
    if url.isascii():
        return url
    scheme, slashes, rest = url.partition("://")
    host, slash, path = rest.partition("/")
    try:
        known = host.encode("idna").decode("ascii")
    except UnicodeError:
        known = host
    return quote(f"{scheme}{slashes}{known}{slash}{path}", safe="%/:?#[]@!$&'()*+,;=~-._")


def fill(colour: Colour) -> str:
    """The operator that sets the colour of letters and areas."""
    return f"{colour[0]:.3f} {colour[1]:.3f} {colour[2]:.3f} rg"


def stroke(colour: Colour) -> str:
    """The operator that sets the colour of lines."""
    return f"{colour[0]:.3f} {colour[1]:.3f} {colour[2]:.3f} RG"
