"""TimeML: the XML in which the gold of TempEval-3 comes.

The text is what stands in <TEXT>, tags left out; offsets count its code points. The document's
date is the value of the TIMEX3 with functionInDocument="CREATION_TIME", wherever it stands.
"""

from dataclasses import dataclass
from pathlib import Path
from xml.parsers import expat

from extract.errors import GoldError
from extract.evaluation.gold import Mark, digest
from extract.evaluation.timex.marks import TYPES, MarkedTimex, TimexDocument

_ADVICE = "correct the file"


def read_timeml(path: Path, *, id: str) -> TimexDocument:
    """Return the document of a TimeML file.

    An EVENT, a SIGNAL or another tag is passed through, and so is a TIMEX3 that holds no text: it
    stands for a time that nothing in the text names.

    Raises:
        GoldError: the file cannot be read, is not well-formed XML, declares entities (they could
            grow without bound), has no <TEXT>, or a TIMEX3 in it has none of the four types.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise GoldError(f"{path}: {error.strerror}; check the path") from error
    reader = _Reader(path)
    reader.read(content)
    text = "".join(reader.pieces)
    return TimexDocument(id, digest(text), tuple(reader.marks(text)), text, reader.dct)


@dataclass(frozen=True, slots=True)
class _Timex:
    """A TIMEX3 in <TEXT>, by the offsets of its tags."""

    start: int
    end: int
    type: str
    value: str | None


class _Reader:
    """What is gathered of a file while its tags go by."""

    def __init__(self, path: Path) -> None:
        self.pieces: list[str] = []
        self.dct: str | None = None
        self._path = path
        self._parser = expat.ParserCreate()
        self._offset = 0
        self._depth = 0  # of <TEXT>
        self._has_text = False
        self._open: list[tuple[int, str, str | None]] = []
        self._timexes: list[_Timex] = []

    def read(self, content: bytes) -> None:
        """Read a whole file."""
        parser = self._parser
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.EntityDeclHandler = self._refuse_entity
        parser.SkippedEntityHandler = self._refuse_entity
        try:
            parser.Parse(content, True)
        except expat.ExpatError as error:
            what = expat.ErrorString(error.code)
            raise self._error(f"not well-formed XML: {what}", error.lineno) from error
        except (LookupError, ValueError) as error:  # an encoding that Python does not have
            raise self._error(f"cannot be decoded: {error}", 1) from error
        if not self._has_text:
            raise GoldError(f"{self._path}: no <TEXT> in it; give TimeML as TempEval-3 has it")

    def marks(self, text: str) -> list[MarkedTimex]:
        """Return the time expressions in text order, without the blanks at their ends."""
        marked = []
        for timex in self._timexes:
            words = text[timex.start : timex.end]
            if words.strip():
                start = timex.start + len(words) - len(words.lstrip())
                mark = Mark(start, start + len(words.strip()), words.strip())
                marked.append(MarkedTimex(mark, timex.type, timex.value))
        return sorted(marked, key=lambda timex: timex.mark)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "TEXT":
            self._depth += 1
            self._has_text = True
        if tag != "TIMEX3":
            return
        type, value = attributes.get("type"), attributes.get("value") or None
        if attributes.get("functionInDocument") == "CREATION_TIME":
            self.dct = self.dct or value
        if self._depth:
            if type not in TYPES:
                raise self._error(f"a TIMEX3 of type {type!r}, which is none of {', '.join(TYPES)}")
            self._open.append((self._offset, type, value))

    def _end(self, tag: str) -> None:
        if tag == "TEXT":
            self._depth -= 1
        elif tag == "TIMEX3" and self._depth:
            start, type, value = self._open.pop()
            self._timexes.append(_Timex(start, self._offset, type, value))

    def _characters(self, data: str) -> None:
        if self._depth:
            self.pieces.append(data)
            self._offset += len(data)

    def _refuse_entity(self, name: str, *_: object) -> None:
        raise self._error(f"the entity {name} of a DTD, which is not read; write the text itself")

    def _error(self, what: str, line: int | None = None) -> GoldError:
        number = line or self._parser.CurrentLineNumber
        return GoldError(f"{self._path}:{number}: {what}; {_ADVICE}")
