from pathlib import Path

import pytest

from tests.unit.orchestrator.analyst.reading import Read, columns, read


def marked(folder: Path, name: str, marks: list[str], **others: list[str]) -> Read:
    return read(folder, columns(Amount=["10.5", "20", "5"], **{name: marks}, **others))


@pytest.mark.parametrize(
    ("name", "marks"),
    [
        ("DR/CR", ["DR", "CR", "DR"]),
        ("S/H", ["S", "H", "S"]),
        ("Soll/Haben-Kennzeichen", ["S", "H", "S"]),
        ("D/C", ["D", "C", "D"]),
        ("Side", ["Debit", "Credit", "Debit"]),
    ],
)
def test_a_column_of_debit_and_credit_gives_amounts_their_signs(
    tmp_path: Path, name: str, marks: list[str]
) -> None:
    """As in books, a debit is positive; their plain sum would mean nothing."""
    found = marked(tmp_path, name, marks)
    assert found.column("Amount") == [10.5, -20, 5]
    assert found.warns(
        f"“Amount”: its signs were taken from “{name}”: {marks[0]} as positive, {marks[1]} as negative"
    )


@pytest.mark.parametrize(
    ("name", "marks", "others"),
    [
        ("Transaction type", ["Debit", "Credit", "Debit"], {}),
        ("Soll/Haben", ["S", "H", "S"], {"Verwendungszweck": ["a", "b", "c"]}),
        ("Indicator", ["DBIT", "CRDT", "DBIT"], {}),
        ("Vorzeichen", ["-", "+", "-"], {}),
        ("DR/CR", ["DR", "CR", "DR"], {"Balance": ["89.5", "109.5", "104.5"]}),
        ("DR/CR", ["DR", "CR", "DR"], {"Balance": ["104.5", "109.5", "89.5"]}),
    ],
)
def test_a_credit_of_a_bank_is_money_that_came_in(
    tmp_path: Path, name: str, marks: list[str], others: dict[str, list[str]]
) -> None:
    """Its words say so, or a balance that rises with it."""
    assert marked(tmp_path, name, marks, **others).column("Amount") == [-10.5, 20, -5]


def test_a_balance_that_rises_with_debits_is_one_of_books(tmp_path: Path) -> None:
    """What it says goes before what banks use to write."""
    found = marked(tmp_path, "Type", ["Debit", "Credit", "Debit"], Balance=["110.5", "90.5", "95.5"])
    assert found.column("Amount") == [10.5, -20, 5]


@pytest.mark.parametrize(
    ("name", "marks"),
    [
        ("Card type", ["Debit", "Credit", "Debit"]),
        ("Payment method", ["debit", "credit", "debit"]),
        ("Class", ["D", "C", "D"]),
        ("D", ["D", "C", "D"]),
        ("DR/CR", ["DR", "DR", "DR"]),
        ("DR/CR", ["DR", "CR", "x"]),
    ],
)
def test_other_marks_give_no_sign(tmp_path: Path, name: str, marks: list[str]) -> None:
    """Cards, classes, and marks of one side only."""
    assert marked(tmp_path, name, marks).column("Amount") == [10.5, 20, 5]


def test_amounts_that_have_their_signs_keep_them(tmp_path: Path) -> None:
    """The marks only say once more what the signs say."""
    found = read(tmp_path, columns(Amount=["-10", "20", "-5"], Side=["Debit", "Credit", "Debit"]))
    assert found.column("Amount") == [-10, 20, -5]
    assert found.warnings == []


def test_only_amounts_get_signs(tmp_path: Path) -> None:
    """In whatever currency; no numbers of documents and no balances."""
    table = columns(
        Doc_no=["7", "8", "9"],
        Amount_LC=["10", "20", "5"],
        Amount_USD=["11", "22", "6"],
        Side=["Dr", "Cr", "Dr"],
    )
    assert read(tmp_path, table).rows[1] == (8, -20, -22, "Cr")


def test_two_columns_of_marks_belong_to_the_numbers_before_them(tmp_path: Path) -> None:
    """German banks mark turnover and balance, each for itself."""
    table = "Umsatz;S/H;Saldo;S/H\n10,50;S;89,50;H\n20,00;H;109,50;H\n200,00;S;90,50;S\n"
    found = read(tmp_path, table)
    assert found.column("Umsatz") == [-10.5, 20, -200]
    assert found.column("Saldo") == [89.5, 109.5, -90.5]
