"""A restricted Jinja environment: a template can place text, and nothing else.

Jinja's own sandbox stops escapes but not abuse of time and memory. Here every expression,
loop and call is paid for out of a budget, filters and methods come from short lists, and
what a template may reach is plain text, numbers, tuples and dictionaries. The wall behind
it is the limited child process in which pages are rendered.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from jinja2 import BaseLoader, StrictUndefined, TemplateSyntaxError, nodes, pass_context
from jinja2.environment import TemplateModule
from jinja2.exceptions import SecurityError
from jinja2.filters import FILTERS
from jinja2.runtime import BlockReference, Context, LoopContext, Macro, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

OUTPUT = 20_000_000
"""Characters a page may have, and all that is written on the way to it."""

VALUE = 200_000
"""Characters and items a value made inside a template may have."""

STEPS = 200_000
"""Calls and turns of loops."""

SECONDS = 5.0
"""Time a template may take."""

# fmt: off
_FILTERS = (
    "abs", "e", "escape", "capitalize", "d", "default", "first", "float", "int", "last",
    "length", "count", "list", "lower", "round", "sort", "string", "striptags", "title",
    "trim", "truncate", "unique", "upper", "wordcount",
)
_TEXT_METHODS = frozenset((
    "upper", "lower", "title", "capitalize", "strip", "lstrip", "rstrip", "startswith",
    "endswith", "split", "splitlines", "partition", "isdigit", "isalpha", "isupper",
    "islower", "count", "find",
))
# fmt: on
_TABLE_METHODS = frozenset(("items", "keys", "values", "get"))
# No name in a template can be spelled like these.
_SPEND, _WEIGH, _CONCAT = "#spend", "#weigh", "#concat"
_PLAIN = (str, int, float, bool, type(None))


class _Budget:
    """What a template has left of time, steps and characters."""

    def __init__(self) -> None:
        self.characters, self.steps = OUTPUT, STEPS
        self.until = time.monotonic() + SECONDS

    def spend(self, characters: int) -> None:
        self.characters -= characters
        self.steps -= 1
        if self.characters < 0:
            raise SecurityError("the page grows beyond its limit")
        if self.steps < 0 or time.monotonic() > self.until:
            raise SecurityError("the template takes too long")


_budget: ContextVar[_Budget | None] = ContextVar("budget", default=None)


@contextmanager
def limited() -> Iterator[None]:
    """Templates rendered inside have one budget between them; without it they have none."""
    token = _budget.set(_Budget())
    try:
        yield
    finally:
        _budget.reset(token)


def _spend(characters: int) -> None:
    budget = _budget.get()
    if budget is not None:
        budget.spend(characters)


@pass_context  # Keeps the compiler from paying once and for all.
def _paid(_context: Context, characters: int) -> bool:
    _spend(characters)
    return True


class _Paid(NodeTransformer):
    """Puts a payment before everything that may be repeated, a scale under all that grows."""

    def visit_Template(self, node: nodes.Template) -> nodes.Node:
        return self._body(node)

    visit_Block = visit_Macro = visit_CallBlock = visit_FilterBlock = visit_Template

    def visit_For(self, node: nodes.For) -> nodes.Node:
        if node.test is not None:
            node.test = nodes.And(_filter(nodes.Const(0), _SPEND), node.test)
        return self._body(node)

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:
        self.generic_visit(node)
        return _filter(nodes.Tuple(node.nodes, "load"), _CONCAT, node.lineno)

    def visit_List(self, node: nodes.Expr) -> nodes.Node:
        self.generic_visit(node)
        return _filter(node, _WEIGH, node.lineno)

    visit_Dict = visit_List

    def visit_Tuple(self, node: nodes.Tuple) -> nodes.Node:
        return self.visit_List(node) if node.ctx == "load" else node

    def visit_ScopedEvalContextModifier(self, node: nodes.Node) -> nodes.Node:
        raise TemplateSyntaxError("escaping cannot be switched off", node.lineno)

    visit_EvalContextModifier = visit_ScopedEvalContextModifier

    def _body(self, node: Any) -> nodes.Node:
        data = sum(len(part.data) for part in node.find_all(nodes.TemplateData))
        self.generic_visit(node)
        payment = nodes.ExprStmt(_filter(nodes.Const(data), _SPEND, node.lineno))
        payment.set_lineno(node.lineno)
        # {% extends %} has to come first in its file, or nothing is inherited.
        place = next((n for n, b in enumerate(node.body) if isinstance(b, nodes.Extends)), -1)
        node.body.insert(place + 1, payment)
        return nodes.Node.set_lineno(node, node.lineno)


def _filter(value: nodes.Expr, name: str, line: int = 1) -> nodes.Filter:
    made = nodes.Filter(value, name, [], [], None, None)
    made.set_lineno(line)
    return made


def _weigh(value: Any) -> Any:
    """The value, if all in it together is not too much."""
    left = VALUE
    waiting = [value]
    while waiting:
        one = waiting.pop()
        left -= 1 + (len(one) if isinstance(one, str) else 0)
        if left < 0:
            raise SecurityError("a value grows beyond its limit")
        if isinstance(one, list | tuple | set | frozenset):
            waiting.extend(one)
        elif isinstance(one, dict):
            waiting.extend(one)
            waiting.extend(one.values())
    _spend(VALUE - left)
    return value


class Sandbox(ImmutableSandboxedEnvironment):
    """Autoescaping, strict about what is undefined, and paid by the step."""

    intercepted_binops = frozenset(("+", "*", "**", "%", "//", "/", "-"))

    def __init__(self, loader: BaseLoader) -> None:
        super().__init__(
            loader=loader,
            autoescape=True,
            undefined=StrictUndefined,
            finalize=_printed,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        self.globals.clear()
        filters: dict[str, Callable[..., Any]] = {name: FILTERS[name] for name in _FILTERS}
        filters.update({"join": _join, _SPEND: _paid, _WEIGH: _weigh, _CONCAT: _join})
        self.filters.clear()
        self.filters.update(filters)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        _Paid().visit(tree)
        tree.set_environment(self)
        return tree

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """True for the few methods of text and tables, and for loops and imported macros."""
        if attr.startswith("_"):
            return False
        if isinstance(obj, str):
            return attr in _TEXT_METHODS
        if isinstance(obj, dict):
            return attr in _TABLE_METHODS
        return isinstance(obj, LoopContext | TemplateModule | Undefined)

    def is_safe_callable(self, obj: Any) -> bool:
        """True for macros, blocks, loops and the methods let through above."""
        if isinstance(obj, Macro | BlockReference | LoopContext | Undefined):
            return True
        owner = getattr(obj, "__self__", None)
        return isinstance(owner, str | dict | LoopContext)

    def call(self, context: Any, obj: Any, /, *args: Any, **kwargs: Any) -> Any:
        """A call, paid for."""
        _spend(0)
        return super().call(context, obj, *args, **kwargs)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Arithmetic on small numbers; + also joins text and lists while they stay small."""
        numbers = all(isinstance(side, int | float) for side in (left, right))
        if operator == "+" and not numbers:
            return _weigh(super().call_binop(context, operator, _weigh(left), _weigh(right)))
        if not numbers or operator == "**" or max(abs(left), abs(right)) > 1e12:
            raise SecurityError(f"“{operator}” is for small numbers only")
        return super().call_binop(context, operator, left, right)


def _printed(value: Any) -> Any:
    if isinstance(value, Undefined):
        return value
    if not isinstance(value, _PLAIN):
        raise SecurityError(f"a {type(value).__name__} cannot be printed, only text and numbers")
    _spend(len(value) if isinstance(value, str) else 20)
    return value


def _join(value: Any, by: str = "") -> Any:
    parts = list(value)
    if len(by) * len(parts) > VALUE:
        raise SecurityError("a value grows beyond its limit")
    for part in _weigh(parts):
        if isinstance(part, Undefined):
            str(part)  # says by itself what is missing
        if not isinstance(part, _PLAIN):
            raise SecurityError("only texts and numbers can be joined")
    if any(isinstance(part, Markup) for part in (*parts, by)):
        return escape(by).join(parts)
    return by.join(map(str, parts))
