"""Lengths in XML made longer or shorter: slides of any size are laid out on a stage of one height."""

from typing import Any

# The attributes that are lengths, by the elements that have them.
_LENGTHS = {
    **dict.fromkeys(("off", "chOff"), ("x", "y")),
    **dict.fromkeys(("ext", "chExt"), ("cx", "cy")),
    **dict.fromkeys(("ln", "lnL", "lnR", "lnT", "lnB", "gridCol"), ("w",)),
    **dict.fromkeys(
        ("pPr", *(f"lvl{number}pPr" for number in range(1, 10))), ("marL", "marR", "indent")
    ),
    **dict.fromkeys(("rPr", "defRPr", "endParaRPr"), ("sz",)),
    "tr": ("h",),
    "tcPr": ("marL", "marR", "marT", "marB"),
    "bodyPr": ("lIns", "tIns", "rIns", "bIns"),
    "spcPts": ("val",),
}
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"


def zoom(root: Any, factor: float) -> None:
    """Make all lengths and letters of a part so many times as large."""
    if factor == 1:
        return
    for each in root.iter():
        if not isinstance(each.tag, str) or not each.tag.startswith((_A, _P)):
            continue
        for name in _LENGTHS.get(each.tag.rpartition("}")[2], ()):
            if (said := each.get(name)) is not None and said.lstrip("-").isdecimal():
                each.set(name, str(round(int(said) * factor)))
