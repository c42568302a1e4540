"""Tables as CSV that were damaged on the way, after the kinds of the Pollock benchmark: one file each
by a seed, with what its measures add up to, worked out from the values and not from the text.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

NAMES = ("date", "region", "product", "units", "amount")
_REGIONS, _PRODUCTS = ("North", "South", "East", "West"), ("lamp", "chair", "table", "shelf")
_UNITS, _AMOUNT = 3, 4
Row = list[str]


@dataclass(frozen=True)
class Damaged:
    """A damaged file. `sums` are right for a reader by name, each of them alone if `either` (two tables
    of which one may be read); `lines` are the numbers of the lines that are damaged.
    """

    kind: str
    seed: int
    content: bytes
    sums: dict[str, float]
    lines: set[int]
    either: bool = False


@dataclass
class Sheet:
    """A table on its way into a file: `lines` are its text, the header first."""

    rng: random.Random
    rows: list[Row]
    separator: str = ","
    lines: list[str] = field(default_factory=list)
    damaged: set[int] = field(default_factory=set)

    def write(self, quote: bool = False) -> None:
        mark = '"' if quote else ""
        self.lines = [
            self.separator.join(
                f"{mark}{cell}{mark}" if n in (1, 2) else cell for n, cell in enumerate(row)
            )
            for row in [list(NAMES), *self.rows]
        ]

    def some(self, most: int = 3) -> list[int]:
        """Places of a few rows, none of the first or the last ones."""
        return sorted(self.rng.sample(range(2, len(self.rows) - 2), self.rng.randint(1, most)))

    def damage(self, row: int, line: str, above: int = 1) -> None:
        self.lines[row + 1] = line
        self.damaged.add(row + 1 + above)

    def sums(self) -> dict[str, float]:
        return {name: _sum(self.rows, n) for n, name in ((_UNITS, "units"), (_AMOUNT, "amount"))}

    def text(self, end: str = "\n") -> bytes:
        return (end.join(self.lines) + end).encode()


def _sum(rows: list[Row], column: int) -> float:
    return sum(float(row[column]) for row in rows if row[column])


def sheet(rng: random.Random, separator: str = ",") -> Sheet:
    rows = []
    for n in range(rng.randint(24, 60)):
        amount = f"{rng.uniform(1, 900):.2f}"
        region, product = rng.choice(_REGIONS), rng.choice(_PRODUCTS)
        rows.append(
            [f"2024-{n % 12 + 1:02}-{n % 28 + 1:02}", region, product, str(rng.randint(1, 90)), amount]
        )
    made = Sheet(rng, rows, separator)
    made.write()
    return made


Kind = Callable[[Sheet], bytes]


def _cell_too_few(s: Sheet) -> bytes:
    lost = s.rng.randrange(5)
    for row in s.some():
        s.rows[row][lost] = ""
        s.damage(row, ",".join(cell for n, cell in enumerate(s.rows[row]) if n != lost))
    return s.text()


def _cells_cut_off(s: Sheet) -> bytes:
    kept = s.rng.randint(2, 4)
    for row in s.some():
        s.rows[row][kept:] = [""] * (5 - kept)
        s.damage(row, ",".join(s.rows[row][:kept]))
    return s.text()


def _cell_too_many(s: Sheet) -> bytes:
    place, more = s.rng.randrange(6), s.rng.choice(("", "x", "7"))
    for row in s.some():
        s.damage(row, ",".join([*s.rows[row][:place], more, *s.rows[row][place:]]))
    return s.text()


def _separator_in_text(s: Sheet) -> bytes:
    for row in s.some():
        s.rows[row][2] = "lamp, large"
        s.damage(row, ",".join(s.rows[row]))
    return s.text()


def _thousands_unquoted(s: Sheet) -> bytes:
    for row in s.some():
        value = s.rng.randint(1000, 9000)
        s.rows[row][_AMOUNT] = str(value)
        s.damage(row, ",".join([*s.rows[row][:_AMOUNT], f"{value:,}"]))
    return s.text()


def _other_separator(s: Sheet) -> bytes:
    for row in s.some():
        s.damage(row, s.rng.choice(";\t|").join(s.rows[row]))
    return s.text()


def _separator_changes(s: Sheet) -> bytes:
    half = len(s.lines) // 2 + s.rng.randint(-4, 8)
    for n in range(half, len(s.lines)):
        s.damage(n - 1, s.lines[n].replace(",", ";"))
    return s.text()


def _delimiters_at_the_end(s: Sheet) -> bytes:
    where = s.rng.choice(("all", "rows", "some"))
    some = s.some()
    for n in range(len(s.lines)):
        if where == "all" or (where == "rows" and n) or (where == "some" and n - 1 in some):
            s.lines[n] += ","
    return s.text()


def _delimiter_at_the_start(s: Sheet) -> bytes:
    for row in s.some():
        s.damage(row, "," + ",".join(s.rows[row]))
    return s.text()


def _quote_not_closed(s: Sheet) -> bytes:
    s.write(quote=s.rng.random() < 0.7)
    for row in s.some():
        s.damage(
            row, s.lines[row + 1].replace(s.rows[row][2], '"' + s.rows[row][2], 1).replace('""', '"')
        )
        s.lines[row + 1] = s.lines[row + 1].replace(s.rows[row][2] + '"', s.rows[row][2], 1)
    return s.text()


def _quote_not_opened(s: Sheet) -> bytes:
    s.write(quote=s.rng.random() < 0.7)
    for row in s.some():
        line = s.lines[row + 1].replace('"' + s.rows[row][2], s.rows[row][2], 1)
        s.damage(row, line if '"' in line else line.replace(s.rows[row][2], s.rows[row][2] + '"', 1))
    return s.text()


def _quote_within(s: Sheet) -> bytes:
    s.write(quote=True)
    for row in s.some():
        s.damage(
            row,
            s.lines[row + 1].replace(s.rows[row][2], s.rng.choice(('5" lamp', 'so "big" a', 'a "b"'))),
        )
    return s.text()


def _quotes_doubled(s: Sheet) -> bytes:
    s.write(quote=True)
    for row in s.some():
        s.damage(row, s.lines[row + 1].replace('"', '""'))
    return s.text()


def _quote_escaped(s: Sheet) -> bytes:
    s.write(quote=True)
    for row in s.some():
        s.damage(row, s.lines[row + 1].replace(s.rows[row][2], r"a \"big\", round lamp"))
    return s.text()


def _single_quotes(s: Sheet) -> bytes:
    for row in s.some():
        s.damage(row, s.lines[row + 1].replace(s.rows[row][2], "'lamp, large'"))
    return s.text()


def _line_quoted(s: Sheet) -> bytes:
    for row in s.some():
        s.damage(row, f'"{s.lines[row + 1]}"')
    return s.text()


def _numbers_quoted(s: Sheet) -> bytes:
    s.lines[1:] = [",".join(f'"{cell}"' for cell in row) for row in s.rows]
    return s.text()


def _line_breaks_in_cells(s: Sheet) -> bytes:
    for row in s.some():
        s.damage(row, s.lines[row + 1].replace(s.rows[row][2], '"large\nlamp, red"'))
    return s.text()


def _line_break_unquoted(s: Sheet) -> bytes:
    for row in s.some():
        s.damage(row, s.lines[row + 1].replace(s.rows[row][2], "large\nlamp"))
    broken = [n for n, line in enumerate(s.lines) if "\n" in line]
    s.damaged = {n + 1 + k for k, n in enumerate(broken)} | {n + 2 + k for k, n in enumerate(broken)}
    return s.text()


def _empty_lines(s: Sheet) -> bytes:
    for row in reversed(s.some(6)):
        s.lines.insert(row + 1, s.rng.choice(("", "  ", ",,,,", "", "")))
    return s.text()


def _comment_lines(s: Sheet) -> bytes:
    for row in reversed(s.some()):
        s.lines.insert(
            row + 1, s.rng.choice(("# checked", "# a, b, c, d, e", "// 12, 5", "# 2024-01-01, 5"))
        )
    s.damaged = {n for n, line in enumerate(s.lines, 1) if line[0] in "#/"}
    return s.text()


def _preamble(s: Sheet) -> bytes:
    above = [
        "Sales report",
        "Exported on 2024-12-31",
        "Region: all, Year: 2024",
        "",
        "1,2",
        "Filter,none",
    ]
    s.lines[:0] = s.rng.sample(above, s.rng.randint(1, 5))
    return s.text()


def _footer(s: Sheet) -> bytes:
    sums = [f"{_sum(s.rows, n):.2f}".removesuffix(".00") for n in (_UNITS, _AMOUNT)]
    foot = s.rng.choice((
        ["Total,,," + ",".join(sums)], ["", "Total,,," + ",".join(sums)], ["Source: ERP, checked"],
        ["Total," + ",".join(sums)], [f"{len(s.rows)} rows"], ["", "24,rows", "Page 1, of 1"],
        [",,," + ",".join(sums)],
    ))  # fmt: skip
    s.damaged = {len(s.lines) + n + 1 for n in range(len(foot))}
    s.lines += foot
    return s.text()


def _damaged_and_total(s: Sheet) -> bytes:
    total = [f"{_sum(s.rows, n):.2f}".removesuffix(".00") for n in (_UNITS, _AMOUNT)]
    content = _cell_too_few(s)
    s.damaged.add(len(s.lines) + 1)
    return content + ("Total,,," + ",".join(total) + "\n").encode()


def _second_header_row(s: Sheet) -> bytes:
    s.lines.insert(1, s.rng.choice((",,,pieces,EUR", "day,place,what,number of units,amount in euros")))
    if s.rng.random() < 0.5:
        ids = ",".join(f'"{{""ImportId"":""QID{n}""}}"' for n in range(5))
        s.lines.insert(2, ids)
    s.damaged = {2, 3}
    return s.text()


def _no_header(s: Sheet) -> bytes:
    del s.lines[0]
    if s.rng.random() < 0.5:
        s.lines = [",".join([*row[1:3], row[4]]) for row in s.rows]
    return s.text()


def _header_repeated(s: Sheet) -> bytes:
    for row in reversed(s.some()):
        s.lines.insert(row + 1, s.rng.choice((",".join(NAMES), ",".join(NAMES).upper())))
    s.damaged = {n for n, line in enumerate(s.lines, 1) if line.lower().startswith("date,") and n > 1}
    return s.text()


def _two_tables(s: Sheet) -> bytes:
    other = [
        [f"p{n}", s.rng.choice(_REGIONS), str(s.rng.randint(1, 99))]
        for n in range(s.rng.randint(6, 30))
    ]
    lines = ["store,place,visitors", *(",".join(row) for row in other)]
    if s.rng.random() < 0.5:  # as wide as the first
        lines = [line + (",m,squares" if n == 0 else f",x,{n}") for n, line in enumerate(lines)]
    gap = s.rng.choice(([""], ["", "Stores"], []))
    s.damaged = {len(s.lines) + n + 1 for n in range(len(gap) + len(lines))} | set(
        range(1, len(s.lines) + 1)
    )
    s.lines += [*gap, *lines]
    return s.text()


def _line_ends(s: Sheet) -> bytes:
    return b"".join(
        line.encode() + s.rng.choice((b"\n", b"\r\n", b"\r") if s.rng.random() < 0.3 else (b"\r\n",))
        for line in s.lines
    )


def _old_line_ends(s: Sheet) -> bytes:
    return s.text("\r")


def _encodings(s: Sheet) -> bytes:
    s.lines = [line.replace("shelf", "Stühle – groß") for line in s.lines]
    encoding = s.rng.choice(("utf-8-sig", "utf-16", "utf-16-le", "cp1252", "utf-8"))
    text = s.text().decode().encode(encoding)
    return text + (b"\x1a" if s.rng.random() < 0.2 and encoding == "utf-8" else b"")


def _decimal_commas(s: Sheet) -> bytes:
    s.separator = ";"
    for row in s.rows:
        row[_AMOUNT] = row[_AMOUNT] + "" if s.rng.random() < 0.5 else str(1234.5 + s.rng.randint(1, 90))
    values = [dict(zip(NAMES, row, strict=True)) for row in s.rows]
    grouped = [f"{float(v['amount']):,.2f}".translate(str.maketrans(",.", ".,")) for v in values]
    s.lines[1:] = [";".join([*row[:4], cell]) for row, cell in zip(s.rows, grouped, strict=True)]
    s.lines[0] = ";".join(NAMES)
    return s.text()


def _other_marks(s: Sheet) -> bytes:
    s.separator = ";"
    s.write()
    for row in s.some(2):
        value = s.rng.choice((1234.5, 2345678.25, 1234.0))
        s.rows[row][_AMOUNT] = str(value)
        text = f"{value:,.2f}".translate(str.maketrans(",.", ".,"))
        s.damage(row, ";".join([*s.rows[row][:4], text.removesuffix(",00")]))
    return s.text()


def _words_among_numbers(s: Sheet) -> bytes:
    for row in s.some(2)[: len(s.rows) // 25]:
        s.rows[row][_AMOUNT] = ""
        s.damage(row, ",".join([*s.rows[row][:4], s.rng.choice(("see note", "#DIV/0!", "12 or 13"))]))
    return s.text()


def _many_words_among_numbers(s: Sheet) -> bytes:
    for row in s.rng.sample(range(len(s.rows)), len(s.rows) // 6):
        s.rows[row][_AMOUNT] = ""
        s.damage(row, ",".join([*s.rows[row][:4], s.rng.choice(("see note", "12 or 13", "ask Bob"))]))
    return s.text()


KINDS: dict[str, Kind] = {
    name.removeprefix("_"): kind
    for name, kind in list(globals().items())
    if callable(kind) and getattr(kind, "__annotations__", {}) == {"s": Sheet, "return": bytes}
}


def damaged_tables(count: int, seed: int = 0) -> Iterator[Damaged]:
    """So many files, the kinds in turn; each is the same for its seed."""
    for number in range(count):
        name = list(KINDS)[number % len(KINDS)]
        yield damaged_table(name, seed * 100_000 + number)


def damaged_table(kind: str, seed: int) -> Damaged:
    made = sheet(random.Random(seed))
    content = KINDS[kind](made)
    sums, either = made.sums(), kind == "two_tables"
    if kind == "no_header":
        width = made.lines[0].count(",") + 1
        sums = {"column 3": sums["amount"]} if width == 3 else {
            "column 4": sums["units"], "column 5": sums["amount"]
        }  # fmt: skip
    if either:
        rows = [line.split(",") for line in made.lines]
        other = [int(row[2]) for row in rows if row[0].startswith("p") and row[0][1:].isdigit()]
        sums["visitors"] = sum(other)
    return Damaged(kind, seed, content, sums, made.damaged, either)
