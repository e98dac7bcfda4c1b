"""The contract of the tables, data/datapackage.json, as fields and tables that the checks read."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from utils.tables._problems import listed

# What the patterns of data/datapackage.json mean. A pattern without words is shown as it stands.
_ID = "small letters a to z, digits, - and _, beginning with a letter or digit"
PATTERNS = {
    r"^[a-z0-9][a-z0-9_-]*$": _ID,
    r"^[a-z0-9][a-z0-9_-]*(\|[a-z0-9][a-z0-9_-]*)*$": f"{_ID}, several values separated by |",
    r"^\d{4}(-\d{2}(-\d{2})?)?$": "a year, month or day as YYYY, YYYY-MM or YYYY-MM-DD",
    r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$": "a day and a time as YYYY-MM-DDTHH:MM",
    r"^https?://\S+$": "an address that begins with http:// or https:// and holds no spaces",
    r"^[a-z]{2}$": "two small letters",
    r"^[a-z]{2}(\|[a-z]{2})*$": "two small letters, several values separated by |",
    r"^\d{1,2}(\|\d{1,2})*$": "a number of one or two digits, several values separated by |",
}
TYPES = {
    "string": "text",
    "integer": "whole number",
    "number": "number",
    "date": "day (YYYY-MM-DD)",
    "yearmonth": "month (YYYY-MM)",
    "year": "year (YYYY)",
    "boolean": "yes or no",
}
CHECKED = {"required", "unique", "enum", "pattern", "minimum", "maximum", "maxLength"}  # constraints


@dataclass(frozen=True)
class Field:
    """One column of a table as the descriptor has it."""

    name: str
    type: str
    meaning: str = ""
    required: bool = False
    is_list: bool = False
    format: str = "default"
    voice: str = "ours"  # or "attributed" (what somebody says, in our words), or "quoted"
    references: tuple[str, str] | None = None  # (table, column)
    constraints: dict = field(default_factory=dict)
    truths: dict[str, bool] = field(default_factory=dict)
    missing: tuple[str, ...] = ("",)

    @property
    def allowed(self) -> str:
        """What a cell may hold, in words; "" where any value of the type will do."""
        rules = self.constraints
        to = self.references
        parts = (
            listed(rules.get("enum", ()) or list(self.truths), 40),
            f"any {to[1]} of the table {to[0]}" if to else words_of(rules.get("pattern")),
            f"{rules['minimum']} or more" if "minimum" in rules else "",
            f"{rules['maximum']} or less" if "maximum" in rules else "",
            f"at most {rules['maxLength']} characters" if "maxLength" in rules else "",
            "several values separated by |" if self.is_list and to else "",
        )
        return "; ".join(part for part in parts if part)


class Table(NamedTuple):
    """One table as the descriptor has it.

    `sources_from` is the (column, table) whose sources its rows rest on. A table that does not `hold facts` (tasks,
    criteria) cites no sources.
    """

    name: str
    title: str
    path: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    meaning: str = ""
    licences: tuple[str, ...] = ()
    sources_from: tuple[str, str] | None = None
    holds_facts: bool = True


def words_of(pattern: str | None) -> str:
    """Return what a pattern asks for, in words."""
    return PATTERNS.get(pattern, f"text of the form {pattern}") if pattern else ""


def described(text: bytes) -> dict[str, Table]:
    """Return the tables of a descriptor by name. Raise what Python raises if it makes no sense."""
    resources = json.loads(text)["resources"]
    tables = {one["name"]: _table(one) for one in resources if str(one["path"]).endswith(".csv")}
    columns = {(table.name, one.name): one for table in tables.values() for one in table.fields}
    for one in columns.values():
        if one.references and one.references not in columns:
            raise KeyError(".".join(one.references))
    return tables


def _table(resource: dict[str, Any]) -> Table:
    """Return one resource of the descriptor as a table. Raise what Python raises if it makes no sense."""
    schema = resource["schema"]
    key = schema.get("primaryKey", [])
    key = (key,) if isinstance(key, str) else tuple(key)
    missing = tuple(schema.get("missingValues", [""]))
    fields = tuple(_field(one, key, missing) for one in schema["fields"])
    if unknown := set(key) - {field.name for field in fields}:
        raise ValueError(f"primaryKey {unknown}")
    source = resource.get("sourcesFrom")
    licences = tuple(one["name"] for one in resource.get("licenses", []))
    if not licences:
        raise ValueError(f"{resource['name']} states no licence")
    return Table(
        name=resource["name"],
        title=resource.get("title", resource["name"]),
        path=resource["path"],
        fields=fields,
        key=key,
        meaning=resource.get("description", ""),
        licences=licences,
        sources_from=(source["field"], source["resource"]) if source else None,
        holds_facts=resource.get("holdsFacts", True),
    )


def _field(one: dict[str, Any], key: tuple[str, ...], missing: tuple[str, ...]) -> Field:
    """Return one field of the descriptor."""
    rules = one.get("constraints", {})
    if one["type"] not in TYPES or set(rules) - CHECKED:
        # A rule that nobody checks would be worse than none.
        raise ValueError(f"{one['name']}: type {one['type']}, constraints {sorted(rules)}")
    re.compile(rules.get("pattern", ""))  # raises here if it is none
    to = one.get("references")
    truths = dict.fromkeys(one.get("trueValues", []), True) | dict.fromkeys(one.get("falseValues", []), False)
    return Field(
        name=one["name"],
        type=one["type"],
        meaning=one.get("description", ""),
        required=rules.get("required", False) or one["name"] in key,
        is_list=one.get("list", False),
        format=one.get("format", "default"),
        voice=one.get("voice", "ours"),
        references=(to["resource"], to["field"]) if to else None,
        constraints=rules,
        truths=truths,
        missing=missing,
    )
