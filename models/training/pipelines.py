"""What every trained pipeline says of itself, and how it is written."""

from pathlib import Path

from spacy.language import Language

from extract.tokenizer import set_tokenizer

VERSION = "0.1.0"
LICENCE = "CC BY-SA 4.0"  # share-alike data trained the weights


def write_pipeline(nlp: Language, name: str, description: str, output: Path) -> None:
    """Write a pipeline folder with our tokenizer, the meta data and no path of this machine."""
    set_tokenizer(nlp)
    nlp.config["paths"] = dict.fromkeys(nlp.config.get("paths", {}))
    nlp.meta.update(
        name=name,
        version=VERSION,
        license=LICENCE,
        description=description,
        author="Pactwire",
        performance={},
    )
    nlp.to_disk(output)
    print(f"wrote {output}")
