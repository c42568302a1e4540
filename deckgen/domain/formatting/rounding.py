"""Rounding as people do it: to few digits, and never to a false statement."""

from decimal import ROUND_HALF_UP, Context, Decimal

# Binary fractions leave less than this where the exact result is 0.
DUST = Decimal("1e-12")


def exactly(value: float | str) -> Decimal:
    """Returns the number that `value` is written as: 0.1 is a tenth, dust is 0."""
    number = Decimal(str(value))
    return number if abs(number) > DUST else Decimal(0)


def to_decimals(amount: Decimal, decimals: int) -> Decimal:
    return amount.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def to_figures(amount: Decimal, figures: int) -> Decimal:
    """Returns the amount with so many significant figures, without trailing zeros."""
    return Context(prec=figures, rounding=ROUND_HALF_UP).create_decimal(amount).normalize()


def rounded(
    amount: Decimal, decimals: int, *, short_of: int | None = None, trim_whole: bool = True
) -> Decimal:
    """Returns a positive `amount` with so many decimals; `trim_whole` drops them if all are zero.

    There are more decimals where a small number would keep less than two figures (0.00012 is not 0),
    or would be rounded to `short_of`, which it does not reach (0.9996 of all is not all). There are no
    trailing zeros beyond the first `decimals`.
    """
    if not amount:
        return Decimal(0)
    result = to_decimals(amount, max(decimals, 1 - amount.adjusted() if amount < 1 else 0))
    while short_of and result == short_of and short_of - amount > DUST * short_of:
        result = to_decimals(amount, decimals_of(result) + 1)
    if trim_whole and result == result.to_integral_value():
        return result.quantize(Decimal(1))
    return to_decimals(result, max(decimals, decimals_of(result.normalize())))


def decimals_of(number: Decimal) -> int:
    """Returns the number of digits after the decimal mark."""
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int)
    return max(0, -exponent)
