"""Damage to what stands around and in the cells of a table: headers, totals, other tables, marks."""

from tests.damaged_lines import cell_too_few
from tests.damaged_sheets import AMOUNT, NAMES, REGIONS, UNITS, Sheet, total


def empty_lines(s: Sheet) -> bytes:
    for row in reversed(s.some(6)):
        s.lines.insert(row + 1, s.rng.choice(("", "  ", ",,,,", "", "")))
    return s.text()


def comment_lines(s: Sheet) -> bytes:
    for row in reversed(s.some()):
        s.lines.insert(
            row + 1, s.rng.choice(("# checked", "# a, b, c, d, e", "// 12, 5", "# 2024-01-01, 5"))
        )
    s.damaged = {n for n, line in enumerate(s.lines, 1) if line[0] in "#/"}
    return s.text()


def preamble(s: Sheet) -> bytes:
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


def footer(s: Sheet) -> bytes:
    sums = [f"{total(s.rows, n):.2f}".removesuffix(".00") for n in (UNITS, AMOUNT)]
    foot = s.rng.choice((
        ["Total,,," + ",".join(sums)], ["", "Total,,," + ",".join(sums)], ["Source: ERP, checked"],
        ["Total," + ",".join(sums)], [f"{len(s.rows)} rows"], ["", "24,rows", "Page 1, of 1"],
        [",,," + ",".join(sums)],
    ))  # fmt: skip
    s.damaged = {len(s.lines) + n + 1 for n in range(len(foot))}
    s.lines += foot
    return s.text()


def damaged_and_total(s: Sheet) -> bytes:
    sums = [f"{total(s.rows, n):.2f}".removesuffix(".00") for n in (UNITS, AMOUNT)]
    content = cell_too_few(s)
    s.damaged.add(len(s.lines) + 1)
    return content + ("Total,,," + ",".join(sums) + "\n").encode()


def second_header_row(s: Sheet) -> bytes:
    s.lines.insert(1, s.rng.choice((",,,pieces,EUR", "day,place,what,number of units,amount in euros")))
    if s.rng.random() < 0.5:
        ids = ",".join(f'"{{""ImportId"":""QID{n}""}}"' for n in range(5))
        s.lines.insert(2, ids)
    s.damaged = {2, 3}
    return s.text()


def no_header(s: Sheet) -> bytes:
    del s.lines[0]
    if s.rng.random() < 0.5:
        s.lines = [",".join([*row[1:3], row[4]]) for row in s.rows]
    return s.text()


def header_repeated(s: Sheet) -> bytes:
    for row in reversed(s.some()):
        s.lines.insert(row + 1, s.rng.choice((",".join(NAMES), ",".join(NAMES).upper())))
    s.damaged = {n for n, line in enumerate(s.lines, 1) if line.lower().startswith("date,") and n > 1}
    return s.text()


def two_tables(s: Sheet) -> bytes:
    other = [
        [f"p{n}", s.rng.choice(REGIONS), str(s.rng.randint(1, 99))] for n in range(s.rng.randint(6, 30))
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


def line_ends(s: Sheet) -> bytes:
    return b"".join(
        line.encode() + s.rng.choice((b"\n", b"\r\n", b"\r") if s.rng.random() < 0.3 else (b"\r\n",))
        for line in s.lines
    )


def old_line_ends(s: Sheet) -> bytes:
    return s.text("\r")


def encodings(s: Sheet) -> bytes:
    s.lines = [line.replace("shelf", "Stühle – groß") for line in s.lines]
    encoding = s.rng.choice(("utf-8-sig", "utf-16", "utf-16-le", "cp1252", "utf-8"))
    text = s.text().decode().encode(encoding)
    return text + (b"\x1a" if s.rng.random() < 0.2 and encoding == "utf-8" else b"")


def decimal_commas(s: Sheet) -> bytes:
    s.separator = ";"
    for row in s.rows:
        row[AMOUNT] = row[AMOUNT] + "" if s.rng.random() < 0.5 else str(1234.5 + s.rng.randint(1, 90))
    values = [dict(zip(NAMES, row, strict=True)) for row in s.rows]
    grouped = [f"{float(v['amount']):,.2f}".translate(str.maketrans(",.", ".,")) for v in values]
    s.lines[1:] = [";".join([*row[:4], cell]) for row, cell in zip(s.rows, grouped, strict=True)]
    s.lines[0] = ";".join(NAMES)
    return s.text()


def other_marks(s: Sheet) -> bytes:
    s.separator = ";"
    s.write()
    for row in s.some(2):
        value = s.rng.choice((1234.5, 2345678.25, 1234.0))
        s.rows[row][AMOUNT] = str(value)
        text = f"{value:,.2f}".translate(str.maketrans(",.", ".,"))
        s.damage(row, ";".join([*s.rows[row][:4], text.removesuffix(",00")]))
    return s.text()


def words_among_numbers(s: Sheet) -> bytes:
    for row in s.some(2)[: len(s.rows) // 25]:
        s.rows[row][AMOUNT] = ""
        s.damage(row, ",".join([*s.rows[row][:4], s.rng.choice(("see note", "#DIV/0!", "12 or 13"))]))
    return s.text()


def many_words_among_numbers(s: Sheet) -> bytes:
    for row in s.rng.sample(range(len(s.rows)), len(s.rows) // 6):
        s.rows[row][AMOUNT] = ""
        s.damage(row, ",".join([*s.rows[row][:4], s.rng.choice(("see note", "12 or 13", "ask Bob"))]))
    return s.text()


def second_table_far_down(s: Sheet) -> bytes:
    s.rows = [row for _ in range(60) for row in s.rows]
    s.write()
    other = [f"p{n},x,y,{n},{n * 100}" for n in range(s.rng.randint(4, 20))]
    gap = s.rng.choice(([""], [",,,,"], ["", "Stores"]))
    lines = [*gap, "store,place,kind,visitors,area", *other]
    s.damaged = {len(s.lines) + n + 1 for n in range(len(lines))}
    s.lines += lines
    return s.text()


def year_among_months(s: Sheet) -> bytes:
    for row in s.rows:
        row[0] = row[0][:7]
    s.write()
    s.damaged = {len(s.lines) + 1}
    s.lines.append(f"2024,,,{total(s.rows, UNITS)},{total(s.rows, AMOUNT):.2f}")
    return s.text()


def sides_in_a_column(s: Sheet) -> bytes:
    sides = [s.rng.choice(("DR", "CR")) for _ in s.rows[2:]]
    s.lines = [
        f"{line},{side}" for line, side in zip(s.lines, ["DR/CR", "DR", "CR", *sides], strict=True)
    ]
    for row, side in zip(s.rows, ["DR", "CR", *sides], strict=True):
        row[AMOUNT] = row[AMOUNT] if side == "DR" else f"-{row[AMOUNT]}"
    return s.text()


def other_minus_signs(s: Sheet) -> bytes:
    minus = s.rng.choice("−–‐")
    for row in s.some():
        s.rows[row][AMOUNT] = f"-{s.rows[row][AMOUNT]}"
        text = s.rows[row][AMOUNT].replace("-", minus)
        text = f"{text[1:]}{minus}" if s.rng.random() < 0.5 else text
        s.damage(row, ",".join([*s.rows[row][:AMOUNT], text]))
    return s.text()


def german_total_without_name(s: Sheet) -> bytes:
    s.separator = ";"
    s.write()
    s.lines.append(f";;;{total(s.rows, UNITS)};{total(s.rows, AMOUNT):.2f}")
    s.lines[1:] = [line.replace(".", ",") for line in s.lines[1:]]
    s.damaged = {len(s.lines)}
    return s.text()


def dotted_months(s: Sheet) -> bytes:
    s.rows = [[f"{row[0][5:7]}.2024", *row[1:]] for row in s.rows]
    s.write()
    return s.text()
