"""Draws the first page of a PDF as a picture: page_picture.py FILE.pdf FILE.png."""

import sys

import pypdfium2

DOTS = 144 / 72


def draw(pdf: str, picture: str) -> None:
    """Write the first page at 144 dots an inch."""
    document = pypdfium2.PdfDocument(pdf)
    document[0].render(scale=DOTS).to_pil().save(picture, optimize=True)


if __name__ == "__main__":
    draw(*sys.argv[1:3])
