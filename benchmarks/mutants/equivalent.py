"""Faults that change nothing anybody could see: module → fault → why."""

_NO_TURN = "the loop below takes no turn when it is zero"
_NOT_TAKEN = "a divisor where the quotient is not taken"
_TOO_YOUNG = "the first day never has a verdict"
_NEVER_SO_LONG = "nothing that is said is nearly so long"
_ONLY_SLOWER = "the same charges, later"
_UNQUOTED = "names that need no quotes"
EQUIVALENT: dict[str, dict[str, str]] = {
    "model/money.py": {"cents_that_add_up: missing > 0 → missing >= 0": _NO_TURN},
    "cli/money.py": {"style_of: change > 0 → change >= 0": "a change that rounds to nothing was told before"},
    "analysis/attribution.py": {"whole_cents: lacking > 0 → lacking >= 0": _NO_TURN},
    "analysis/effects.py": {
        "_Metered.usual_quantity: 1.0 → 2.0": _NOT_TAKEN,
        "_metered: 1.0 → 2.0": _NOT_TAKEN,
        "_metered: 1.0 → 2.0 (2)": _NOT_TAKEN,
    },
    "analysis/verdict.py": {"gate: up * np.int8(Mark.HIGH) → up / np.int8(Mark.HIGH)": "HIGH is one"},
    "detectors/forecast.py": {"Forecast.detect: 0 → 1": _TOO_YOUNG, "Forecast.detect: 0 → 1 (2)": _TOO_YOUNG},
    "free_sql/frames.py": {"hear: 31 → 32": _NEVER_SO_LONG},
    "free_sql/free_sql.py": {
        "_Worker.wait: 1 → 2": _NEVER_SO_LONG,
        "_Worker.wait: 16 → 17": _NEVER_SO_LONG,
        "_Worker.is_fit: time.monotonic() < self._awake_until → time.monotonic() <= self._awake_until": (
            "two moments a billionth of a second apart"
        ),
    },
    "free_sql/worker.py": {"main: True → False": "that something is said means ready, whatever it is"},
    "dispatch.py": {"Dispatch._after: 0.0 → 1.0": "the shortest pause is two seconds"},
    "objects/bucket.py": {
        "Bucket._is_intact: 1 → 2": "reading beyond the end of a part of one byte reads as much"
    },
    "objects/pieces.py": {
        "module: 1 → 2": "how much is read at once, told by no answer",
        "Pieces.receive: all((is_plain for _, is_plain in came)) → any((is_plain for _, is_plain in came))": (
            "an object is encrypted whole"
        ),
    },
    "delivery/source.py": {"module: 8 → 9": "how many files are fetched at once, told by no answer"},
    "engines/duckdb/checks.py": {
        "module: 20 → 21": "how much is read at once, told by no answer",
        "_check_parquet_ends: size < 3 * len(MAGIC) → size <= 3 * len(MAGIC)": (
            "twelve bytes have no room for a footer and are refused anyway"
        ),
        "_check_parquet_ends: 3 → 4": "sixteen bytes have no room for a footer either",
    },
    "engines/duckdb/codes.py": {
        "_parts: len(unknown) > _MOST → len(unknown) >= _MOST": _ONLY_SLOWER,
        "module: 100 → 101": _ONLY_SLOWER,
    },
    "engines/duckdb/packing.py": {
        "module: 5000 → 5001": _ONLY_SLOWER,
        "_width: 1 → 2": "either is more than there are",
    },
    "engines/duckdb/rollup.py": {
        "_written: isinstance(first, date) and isinstance(last, date) → "
        "isinstance(first, date) or isinstance(last, date)": "both are days, or neither is"
    },
    "sql/charges.py": {
        "_read_by: return names | {'PublisherName', 'ProviderName'} if only.own else names → return None": (
            _ONLY_SLOWER
        ),
        "_every_line_item: True → False": _UNQUOTED,
        "_line_items: False → True (2)": _ONLY_SLOWER,
        "_copied: False → True": _ONLY_SLOWER,
        "_where: True → False (3)": _UNQUOTED,
        "_without_names: True → False": _UNQUOTED,
    },
    "sql/determined.py": {
        "determined: True → False": _UNQUOTED,
        "determined: _columns(value) <= (given if isinstance(value, exp.Column) else known).keys() → "
        "_columns(value) < (given if isinstance(value, exp.Column) else known).keys()": _ONLY_SLOWER,
    },
    "sql/narrow.py": {
        "narrowest: there.largest < FITS_BELOW → there.largest >= FITS_BELOW": _ONLY_SLOWER,
    },
    "sql/packing.py": {"_is_text: not column.required → column.required": _ONLY_SLOWER},
}
