"""The country that a text speaks from: that of its dateline, that of its site."""

from urllib.parse import urlsplit

from extract.lexicons import load_countries

_DOMAINS = {"uk": "GB", "gov": "US", "mil": "US", "edu": "US"}  # others are codes of countries


def find_country(place: str | None, agency: str | None, url: str | None) -> str | None:
    """Return the one country that dateline and site tell; None where they differ.

    What an agency signs is written for the world: its dateline says nothing of whose dollars
    are meant.
    """
    if agency:
        return None
    codes = {found.term.code for found in load_countries().find(place or "")}
    site = country_of_site(url) if url else None
    told = {code for code in (*codes, site) if code}
    return told.pop() if len(told) == 1 else None


def country_of_site(url: str) -> str | None:
    """Return the country of an address by its domain, None where it is of none."""
    try:
        domain = (urlsplit(url).hostname or "").rpartition(".")[2]
    except ValueError:  # no address at all
        return None
    code = _DOMAINS.get(domain, domain.upper())
    return code if code in load_countries().names else None
