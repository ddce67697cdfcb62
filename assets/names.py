#!/usr/bin/env python3
"""Write assets/data/names.csv: what actors are called in seven languages.

    python3 assets/names.py COUNTRY_CODES_CSV

COUNTRY_CODES_CSV  data/country-codes.csv of github.com/datasets/country-codes, revision caa72d1

It needs Babel 2.18.0, which carries the territory names of CLDR 47, and assets/data/countries.csv as
make.py writes it. Names that the country table has are left out; articles and notes in brackets, as the
United Nations print them, are taken off. Two runs on the same input give identical bytes. Any doubt ends the run.
"""

import csv
import re
import sys
from pathlib import Path

import babel
from babel import Locale
from babel.core import get_cldr_version

DATA = Path(__file__).resolve().parent / "data"
# In the order of the table; to the right the columns of the United Nations.
LANGUAGES = {"en": "English", "fr": "French", "es": "Spanish", "de": None, "ar": "Arabic", "zh": "Chinese",
             "ru": "Russian"}
# Written for this project: how statistical tables and people write some actors.
ALSO = {
    "FSM": "FS Micronesia",
    "HKG": "China, Hong Kong SAR",
    "KOR": "Korea (South)",
    "MAC": "China, Macao SAR",
    "PNG": "Papua N. Guinea",
    "PRK": "Korea (North)",
    "PSE": "occupied Palestinian territory, including East Jerusalem",
    "TWN": "Taiwan Province of China;China, Taiwan Province of China",
    "VAT": "Holy See (Vatican City State)",
}
# What the United Nations print in brackets after a name: an article, or a mark that refers to a note.
ARTICLE = re.compile(r"\s*\((?:the|l'|l’|le|la|les|el|los|las)\)\s*$")


def plain(name):
    return ARTICLE.sub("", name.strip().rstrip("*").strip()).strip()


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    if babel.__version__ != "2.18.0" or get_cldr_version() != "47":
        sys.exit(f"Babel 2.18.0 with CLDR 47 is wanted, not {babel.__version__} with {get_cldr_version()}")
    with (DATA / "countries.csv").open(encoding="utf-8", newline="") as file:
        actors = {row["iso3"]: row for row in csv.DictReader(file)}
    with open(sys.argv[1], encoding="utf-8", newline="") as file:
        of_un = {row["ISO3166-1-Alpha-3"]: row for row in csv.DictReader(file)}
    territories = {language: Locale.parse(language).territories for language in LANGUAGES}
    rows = []
    for code, actor in sorted(actors.items()):
        known = {actor["name"], actor["official_name"], *actor["alt_names"].split(";")}
        for language, column in LANGUAGES.items():
            names = [territories[language].get(actor["iso2"], "")]
            if not names[0]:
                sys.exit(f"CLDR has no name of {code} in {language}")
            if column:
                names.append(plain(of_un.get(code, {}).get(f"UNTERM {column} Short", "")))
            if language == "en":
                names.extend(ALSO.get(code, "").split(";"))
            for name in names:
                if name and name not in known:
                    known.add(name)
                    rows.append((code, language, name))
    with (DATA / "names.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(("iso3", "language", "name"))
        table.writerows(rows)
    print(f"names.csv: {len(rows)} names of {len(actors)} actors")


if __name__ == "__main__":
    main()
