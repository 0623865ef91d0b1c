"""Numbers, months and currencies as English spells them; `one` and `first` are too often no numbers."""

from __future__ import annotations

COUNTS: dict[str, float] = {
    **{
        word: number
        for number, word in enumerate(
            [
                "two",
                "three",
                "four",
                "five",
                "six",
                "seven",
                "eight",
                "nine",
                "ten",
                "eleven",
                "twelve",
                "thirteen",
                "fourteen",
                "fifteen",
                "sixteen",
                "seventeen",
                "eighteen",
                "nineteen",
                "twenty",
            ],
            start=2,
        )
    },
    **dict(
        zip(
            ["thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"],
            range(30, 100, 10),
            strict=True,
        )
    ),
    **dict.fromkeys(("dozen", "dozens"), 12),
    **dict.fromkeys(("hundred", "hundreds"), 100),
    **dict.fromkeys(("thousand", "thousands"), 1e3),
    **dict.fromkeys(("million", "millions"), 1e6),
    **dict.fromkeys(("billion", "billions"), 1e9),
}
MULTIPLES: dict[str, float] = {
    **dict.fromkeys(("twice", "double", "doubled", "doubles", "doubling", "twofold"), 2),
    **dict.fromkeys(("thrice", "triple", "tripled", "triples", "tripling", "threefold"), 3),
    **dict.fromkeys(("quadruple", "quadrupled", "fourfold"), 4),
    **{"fivefold": 5, "sixfold": 6, "tenfold": 10, "hundredfold": 100},
}
SHARES: dict[str, float] = {"half": 50, "halved": 50, "halving": 50}
SCALES: dict[str, float] = {
    **dict.fromkeys(("k", "thousand"), 1e3),
    **dict.fromkeys(("m", "mn", "million"), 1e6),
    **dict.fromkeys(("b", "bn", "billion"), 1e9),
}
MONTHS: dict[str, int] = {
    name[:length]: number
    for number, name in enumerate(
        [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ],
        start=1,
    )
    for length in {3, 4 if name == "September" else 3, len(name)}
}
EVERYDAY = frozenset({"EC2", "S3", "GP2", "GP3", "IO1", "IO2", "IPv4", "IPv6", "Route 53", "Route53"})
"""Names with digits that everybody uses for what AWS offers."""
CODES = (
    "USD",
    "EUR",
    "GBP",
    "JPY",
    "INR",
    "CNY",
    "AUD",
    "CAD",
    "CHF",
    "BRL",
    "SEK",
    "DKK",
    "NOK",
    "PLN",
    "SGD",
)
CURRENCIES: dict[str, str] = {
    **dict.fromkeys(("$", "dollar", "dollars"), "USD"),
    **dict.fromkeys(("€", "euro", "euros"), "EUR"),
    **dict.fromkeys(("£", "pound", "pounds"), "GBP"),
    **dict.fromkeys(("¥", "yen"), "JPY"),
    **dict.fromkeys(("₹", "rupees"), "INR"),
    **dict.fromkeys(("cent", "cents"), "cents"),
    **{code.lower(): code for code in CODES},
}
"""What may stand beside an amount, in lower case → the currency; an amount in cents is never one of ours."""
