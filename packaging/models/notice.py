"""Writes the NOTICE beside the models: every source, with its licence, from the corpus README."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from corpus import corpus_folder

PREFACE = """\
Stage: NOTICE for the model files in this folder (stage-base.gguf, stage-chat.gguf)

The weights in these files were trained by the Stage project with the recipe in
packaging/models/. No text of the sources is contained in this folder; the weights
derive from the texts named below. The project adds no condition of its own to the
weights: they may be used, changed and passed on under the conditions of the sources,
which ask for this NOTICE to be kept. Topical-Chat is under the Community Data License
Agreement - Sharing - Version 1.0 (https://cdla.dev/sharing-1-0/); the texts under
CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/) were changed as said below.
The chat model was also trained on short dialogues written by the Stage project itself.

One source in the list was NOT used, because its translation may still be protected
where the term is life plus 70 years: karel-capek_r-u-r_paul-selver_nigel-playfair.
"""


def notice_text() -> str:
    """The preface, and the corpus README's text between its NOTICE lines."""
    readme = (corpus_folder() / "README.md").read_text(encoding="utf-8")
    match = re.search(r"^-+ begin NOTICE -+\n(.*)^-+ end NOTICE -+$", readme, re.M | re.S)
    if not match:
        raise ValueError("the corpus README has no NOTICE")
    return PREFACE + "\n" + "-" * 78 + "\n\n" + match.group(1).strip() + "\n"


def main() -> None:
    """Write NOTICE into the target folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--target", type=Path, required=True)
    target = parser.parse_args().target
    target.mkdir(parents=True, exist_ok=True)
    (target / "NOTICE").write_text(notice_text(), encoding="utf-8")


if __name__ == "__main__":
    main()
