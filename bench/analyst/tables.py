"""The tables: made by DuckDB out of the numbers of the rows, so they are the same every time."""

from collections.abc import Callable
from pathlib import Path

import duckdb

KINDS = "classic veggie supreme chicken hawaiian pepperoni calabrese mexicana napolitana spinach"
CARRIERS = "UA B6 EV DL AA MQ US WN VX FL AS F9 YV HA OO"
DESTINATIONS = "DFW DEN JFK SFO SEA LAS MCO EWR CLT PHX IAH MIA BOS MSP FLL DTW PHL"


def chance(salt: str, seed: str = "i") -> str:
    """SQL: a number from 0 up to 1 that follows from the row's number."""
    return f"(hash(hash({seed}, '{salt}')) / 18446744073709551616.0)"


def pick(salt: str, words: str) -> str:
    """SQL: one of the words, the first ones more often."""
    place = f"1 + CAST(floor(pow({chance(salt)}, 1.5) * {len(words.split())}) AS INTEGER)"
    return f"string_split('{words}', ' ')[{place}]"


def orders(rows: int) -> str:
    """SQL: 7 columns, lines of orders over a year, as a till would write them."""
    return f"""
    SELECT printf('2015-%07d', i // 3) AS order_id,
      DATE '2015-01-01' + CAST(i * 365 // {rows} AS INTEGER) AS order_date,
      TIME '10:00:00' + to_seconds(CAST(floor(43200 * {chance("time", "i // 3")}) AS BIGINT))
        AS order_time,
      {pick("kind", KINDS)} || '_' || {pick("style", "plain deluxe grande")} AS pizza_name, size,
      {pick("category", "classic supreme veggie chicken")} AS category,
      round(9 + 4 * list_position(['S', 'M', 'L', 'XL'], size) + 2 * {chance("price")}, 2) AS price_usd
    FROM (SELECT i, {pick("size", "L M S XL")} AS size FROM range({rows}) AS numbers(i))
    """


def flights(rows: int) -> str:
    """SQL: 19 columns, the flights of a year; one in fifty did not take place."""
    return f"""
    SELECT day AS flight_date, month(day) AS month, carrier,
      1 + CAST(floor(6000 * {chance("flight")}) AS INTEGER) AS flight_number,
      printf('N%05d', CAST(floor(4000 * {chance("tail")}) AS INTEGER)) AS tail_number,
      {pick("from", "ATL LAX ORD")} AS origin, {pick("to", DESTINATIONS)} AS destination,
      strftime(scheduled, '%H:%M') AS scheduled_departure,
      strftime(scheduled + to_minutes(CAST(distance / 7 AS BIGINT)), '%H:%M') AS scheduled_arrival,
      {flown("late")} AS departure_delay_minutes,
      {flown(f"late - 5 + CAST(floor(20 * {chance('arrival')}) AS INTEGER)")} AS arrival_delay_minutes,
      {flown(f"8 + CAST(floor(20 * {chance('out')}) AS INTEGER)")} AS taxi_out_minutes,
      {flown(f"3 + CAST(floor(10 * {chance('in')}) AS INTEGER)")} AS taxi_in_minutes,
      {flown(f"round(distance / 7.5 + 10 * {chance('air')})")} AS air_time_minutes,
      distance AS distance_miles, CAST(cancelled AS INTEGER) AS cancelled,
      CAST({chance("diverted")} < 0.003 AS INTEGER) AS diverted,
      {pick("weather", "clear rain wind snow")} AS weather,
      round(40 + 0.11 * distance + 60 * {chance("fare")}, 2) AS average_fare_usd
    FROM (
      SELECT i, DATE '2013-01-01' + CAST(i * 365 // {rows} AS INTEGER) AS day,
        {pick("carrier", CARRIERS)} AS carrier,
        TIMESTAMP '2013-01-01 05:00' + to_minutes(5 * CAST(floor(216 * {chance("hour")}) AS BIGINT))
          AS scheduled,
        CAST(round(180 + 2500 * pow({chance("distance")}, 2)) AS INTEGER) AS distance,
        CAST(round(-8 - 25 * ln(1 - {chance("delay")})) AS INTEGER) AS late,
        {chance("cancelled")} < 0.02 AS cancelled
      FROM range({rows}) AS numbers(i))
    """


def flown(value: str) -> str:
    """SQL: the value if the flight took place."""
    return f"CASE WHEN NOT cancelled THEN {value} END"


def write(path: Path, query: Callable[[int], str], rows: int) -> Path:
    """The table as CSV with a header, rows in their order."""
    with duckdb.connect(config={"threads": 1}) as connection:
        connection.execute(f"COPY ({query(rows)} ORDER BY i) TO '{path}' (HEADER)")
    return path
