"""The encoding of a text, by its first bytes. Pure, no I/O."""

import codecs

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def encoding_of(sample: bytes) -> str:
    """Returns the encoding by a mark, by zeros (UTF-16 without a mark), else UTF-8 or Windows-1252.

    Windows-1252 holds Latin-1 but for control characters, which no table has.
    """
    for mark, encoding in _MARKS:
        if sample.startswith(mark):
            return encoding
    if utf_16 := _unmarked_utf16(sample):
        return utf_16
    try:
        decode_start(sample, "utf-8", "strict")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def decode_start(sample: bytes, encoding: str, errors: str = "replace") -> str:
    """Returns the text of a file's first bytes, which may end in the middle of a character."""
    return codecs.getincrementaldecoder(encoding)(errors).decode(sample, final=False)


def _unmarked_utf16(sample: bytes) -> str | None:
    """Returns UTF-16 if separators, digits and line ends have a zero byte on the same side."""
    even, odd, half = sample[0::2].count(0), sample[1::2].count(0), len(sample) // 2
    if odd > 0.3 * half and even < 0.01 * half:
        return "utf-16-le"
    if even > 0.3 * half and odd < 0.01 * half:
        return "utf-16-be"
    return None
