# SPDX-FileCopyrightText: The otelctl authors
# SPDX-License-Identifier: Apache-2.0
"""GitHub's expressions, as far as action.yml needs them; anything else is an error.

Strings in single quotes, true and false, names such as `steps.check.outputs.status`, `!`, `==`,
`!=`, `&&`, `||`, brackets, and functions. As on GitHub, a name without a value is empty, and
strings are compared without regard to case.
"""

import re

TOKEN = re.compile(
    r"\s*(?:(?P<text>'(?:[^']|'')*')|(?P<name>[A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*)*)"
    r"|(?P<sign>&&|\|\||==|!=|[!(),]))"
)
STATUS_FUNCTIONS = ("always", "cancelled", "failure", "success")


class ExpressionError(Exception):
    """It is not an expression, or one of a kind that is not known here."""


def tokens(text):
    found = []
    at = 0
    while text[at:].strip():
        match = TOKEN.match(text, at)
        if not match:
            raise ExpressionError(f"not understood: {text[at:]!r}")
        found.append((match.lastgroup, match.group(match.lastgroup)))
        at = match.end()
    return found


class Evaluation:
    """One expression. `lookup(name)` is a value or None, `functions` are by name."""

    def __init__(self, text, lookup, functions):
        self._tokens = tokens(text)
        self._lookup = lookup
        self._functions = functions

    def value(self):
        value = self._either()
        if self._tokens:
            raise ExpressionError(f"left over: {self._tokens}")
        return value

    def _take(self, *signs):
        if self._tokens and self._tokens[0][0] == "sign" and self._tokens[0][1] in signs:
            return self._tokens.pop(0)[1]
        return None

    def _either(self):
        value = self._both()
        while self._take("||"):
            other = self._both()
            value = value or other
        return value

    def _both(self):
        value = self._compared()
        while self._take("&&"):
            other = self._compared()
            value = value and other
        return value

    def _compared(self):
        value = self._negated()
        while sign := self._take("==", "!="):
            same = as_text(value).lower() == as_text(self._negated()).lower()
            value = same == (sign == "==")
        return value

    def _negated(self):
        if self._take("!"):
            return not self._negated()
        return self._single()

    def _single(self):
        if self._take("("):
            value = self._either()
            self._expect(")")
            return value
        if not self._tokens:
            raise ExpressionError("it ends too early")
        kind, text = self._tokens.pop(0)
        if kind == "text":
            return text[1:-1].replace("''", "'")
        if kind != "name":
            raise ExpressionError(f"unexpected {text}")
        if text in ("true", "false"):
            return text == "true"
        if self._take("("):
            return self._call(text)
        return self._lookup(text)

    def _call(self, name):
        arguments = []
        while not self._take(")"):
            if arguments:
                self._expect(",")
            arguments.append(self._either())
        if name not in self._functions:
            raise ExpressionError(f"no such function: {name}")
        return self._functions[name](*arguments)

    def _expect(self, sign):
        if not self._take(sign):
            raise ExpressionError(f"{sign} is missing")


def as_text(value):
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def contains(text, part):
    return as_text(part).lower() in as_text(text).lower()


def asks_for_status(text):
    """Whether it calls a function such as always(): else `success() &&` stands in front."""
    found = tokens(text)
    return any(
        word in STATUS_FUNCTIONS and after == "(" for (_, word), (_, after) in zip(found, found[1:])
    )


def substitute(text, evaluate):
    """The text with what `${{ }}` encloses replaced by its value."""
    return re.sub(r"\$\{\{(.*?)\}\}", lambda match: as_text(evaluate(match.group(1))), text)
