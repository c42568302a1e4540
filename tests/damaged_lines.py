"""Damage to the lines of a table: their cells, separators and quotation marks."""

from tests.damaged_sheets import AMOUNT, Sheet


def cell_too_few(s: Sheet) -> bytes:
    lost = s.rng.randrange(5)
    for row in s.some():
        s.rows[row][lost] = ""
        s.damage(row, ",".join(cell for n, cell in enumerate(s.rows[row]) if n != lost))
    return s.text()


def cells_cut_off(s: Sheet) -> bytes:
    kept = s.rng.randint(2, 4)
    for row in s.some():
        s.rows[row][kept:] = [""] * (5 - kept)
        s.damage(row, ",".join(s.rows[row][:kept]))
    return s.text()


def cell_too_many(s: Sheet) -> bytes:
    place, more = s.rng.randrange(6), s.rng.choice(("", "x", "7"))
    for row in s.some():
        s.damage(row, ",".join([*s.rows[row][:place], more, *s.rows[row][place:]]))
    return s.text()


def separator_in_text(s: Sheet) -> bytes:
    for row in s.some():
        s.rows[row][2] = "lamp, large"
        s.damage(row, ",".join(s.rows[row]))
    return s.text()


def thousands_unquoted(s: Sheet) -> bytes:
    for row in s.some():
        value = s.rng.randint(1000, 9000)
        s.rows[row][AMOUNT] = str(value)
        s.damage(row, ",".join([*s.rows[row][:AMOUNT], f"{value:,}"]))
    return s.text()


def other_separator(s: Sheet) -> bytes:
    for row in s.some():
        s.damage(row, s.rng.choice(";\t|").join(s.rows[row]))
    return s.text()


def separator_changes(s: Sheet) -> bytes:
    half = len(s.lines) // 2 + s.rng.randint(-4, 8)
    for n in range(half, len(s.lines)):
        s.damage(n - 1, s.lines[n].replace(",", ";"))
    return s.text()


def delimiters_at_the_end(s: Sheet) -> bytes:
    where = s.rng.choice(("all", "rows", "some"))
    some = s.some()
    for n in range(len(s.lines)):
        if where == "all" or (where == "rows" and n) or (where == "some" and n - 1 in some):
            s.lines[n] += ","
    return s.text()


def delimiter_at_the_start(s: Sheet) -> bytes:
    for row in s.some():
        s.damage(row, "," + ",".join(s.rows[row]))
    return s.text()


def quote_not_closed(s: Sheet) -> bytes:
    s.write(quote=s.rng.random() < 0.7)
    for row in s.some():
        s.damage(
            row, s.lines[row + 1].replace(s.rows[row][2], '"' + s.rows[row][2], 1).replace('""', '"')
        )
        s.lines[row + 1] = s.lines[row + 1].replace(s.rows[row][2] + '"', s.rows[row][2], 1)
    return s.text()


def quote_not_opened(s: Sheet) -> bytes:
    s.write(quote=s.rng.random() < 0.7)
    for row in s.some():
        line = s.lines[row + 1].replace('"' + s.rows[row][2], s.rows[row][2], 1)
        s.damage(row, line if '"' in line else line.replace(s.rows[row][2], s.rows[row][2] + '"', 1))
    return s.text()


def quote_within(s: Sheet) -> bytes:
    s.write(quote=True)
    for row in s.some():
        s.damage(
            row,
            s.lines[row + 1].replace(s.rows[row][2], s.rng.choice(('5" lamp', 'so "big" a', 'a "b"'))),
        )
    return s.text()


def quotes_doubled(s: Sheet) -> bytes:
    s.write(quote=True)
    for row in s.some():
        s.damage(row, s.lines[row + 1].replace('"', '""'))
    return s.text()


def quote_escaped(s: Sheet) -> bytes:
    s.write(quote=True)
    for row in s.some():
        s.damage(row, s.lines[row + 1].replace(s.rows[row][2], r"a \"big\", round lamp"))
    return s.text()


def single_quotes(s: Sheet) -> bytes:
    for row in s.some():
        s.damage(row, s.lines[row + 1].replace(s.rows[row][2], "'lamp, large'"))
    return s.text()


def line_quoted(s: Sheet) -> bytes:
    for row in s.some():
        s.damage(row, f'"{s.lines[row + 1]}"')
    return s.text()


def numbers_quoted(s: Sheet) -> bytes:
    s.lines[1:] = [",".join(f'"{cell}"' for cell in row) for row in s.rows]
    return s.text()


def line_breaks_in_cells(s: Sheet) -> bytes:
    for row in s.some():
        s.damage(row, s.lines[row + 1].replace(s.rows[row][2], '"large\nlamp, red"'))
    return s.text()


def line_break_unquoted(s: Sheet) -> bytes:
    for row in s.some():
        s.damage(row, s.lines[row + 1].replace(s.rows[row][2], "large\nlamp"))
    broken = [n for n, line in enumerate(s.lines) if "\n" in line]
    s.damaged = {n + 1 + k for k, n in enumerate(broken)} | {n + 2 + k for k, n in enumerate(broken)}
    return s.text()
