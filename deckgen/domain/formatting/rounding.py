"""Rounding as people do it: to few digits, and never to something that is not so."""

from decimal import ROUND_HALF_UP, Context, Decimal

# What binary fractions leave of 0 is smaller than that.
DUST = Decimal("1e-12")


def exactly(value: float | str) -> Decimal:
    """The number that `value` is written as: 0.1 is a tenth, dust is 0."""
    number = Decimal(str(value))
    return number if abs(number) > DUST else Decimal(0)


def to_decimals(amount: Decimal, decimals: int) -> Decimal:
    return amount.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def to_figures(amount: Decimal, figures: int) -> Decimal:
    """To so many significant figures, without zeros at the end."""
    return Context(prec=figures, rounding=ROUND_HALF_UP).create_decimal(amount).normalize()


def rounded(
    amount: Decimal, decimals: int, *, short_of: int | None = None, whole: bool = True
) -> Decimal:
    """A positive `amount` to so many decimals; with `whole` to none if it is whole then.

    To more decimals where it would be said as less than two figures of a small number (0.00012 is
    not 0), or as `short_of`, which it does not reach (0.9996 of all is not all). There are no zeros at
    the end beyond the first `decimals`.
    """
    if not amount:
        return Decimal(0)
    found = to_decimals(amount, max(decimals, 1 - amount.adjusted() if amount < 1 else 0))
    while short_of and found == short_of and short_of - amount > DUST * short_of:
        found = to_decimals(amount, decimals_of(found) + 1)
    if whole and found == found.to_integral_value():
        return found.quantize(Decimal(1))
    return to_decimals(found, max(decimals, decimals_of(found.normalize())))


def decimals_of(number: Decimal) -> int:
    """How many digits stand behind the decimal mark."""
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int)
    return max(0, -exponent)
