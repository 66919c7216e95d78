"""The base of all explorers: a widget in a live notebook, a picture that comes alive by itself on a page."""

import html
import json
import os
from typing import Any

import anywidget
import traitlets

from w2v.explorers.bundle import CSS, notebook_module
from w2v.explorers.picture import picture
from w2v.explorers.traits import Field, Index


class Explorer(anywidget.AnyWidget):
    """A figure whose picture is a function of its traits; the module that draws it has the class's module's name.

    With a kernel it is an ipywidgets widget: dragging changes the traits, setting a trait moves the figure.
    With the environment variable W2V_STATIC set it opens no connection and shows itself as HTML only.
    """

    _css = CSS.read_text(encoding="utf-8")
    _keys = traitlets.List().tag(sync=True)
    _limits = traitlets.Dict().tag(sync=True)
    _start = traitlets.Dict().tag(sync=True)

    def __init_subclass__(cls, **options):
        module = cls.__module__.rpartition(".")[2]
        if (
            not hasattr(cls, "kind") and CSS.with_name(f"{module}.js").exists()
        ):  # a shared base has no drawing module of its own
            cls.kind = module
            cls._esm = notebook_module(cls.kind)
        super().__init_subclass__(**options)

    def __init__(self, **state: Any) -> None:
        unknown = set(state) - set(self.keys_shown())
        if unknown:
            raise TypeError(
                f"{type(self).__name__}: expected {', '.join(self.keys_shown())}; got {', '.join(sorted(unknown))}"
            )
        for key, trait in self.traits(explorer=True).items():
            if key in state and isinstance(trait, Index):  # its words may come with it
                state[key] = trait.placed(self, state[key], state.get(trait.among, getattr(self, trait.among)))
        self._register_validator(Explorer._proposed, self.keys_shown())
        super().__init__(**state)
        self.observe(lambda change: self.set_trait("_limits", self.limits()), self.keys_shown())

    @classmethod
    def keys_shown(cls) -> list[str]:
        """Returns the names of the traits that the figure shows, in the order of their definition."""
        names = [name for owner in reversed(cls.__mro__) for name in vars(owner)]
        return [name for name in dict.fromkeys(names) if name in cls.class_trait_names(explorer=True)]

    def state(self) -> dict[str, Any]:
        """Returns the traits that the figure shows, as a dict of plain values."""
        return {key: getattr(self, key) for key in self.keys_shown()}

    def limits(self) -> dict[str, dict]:
        """Returns the limits of the traits that a reader can change; classes narrow them to their words."""
        fields = {key: trait for key, trait in self.traits(explorer=True).items() if isinstance(trait, Field)}
        return {key: field.limit() for key, field in fields.items() if field.low is not None or field.of is not None}

    def agree(self, state: dict[str, Any]) -> None:
        """Raises TraitError if values that are each right do not fit together; the base class asks nothing."""

    def _proposed(self, proposal):
        name = proposal["trait"].name
        self.agree(self.state() | {name: proposal["value"]})
        return proposal["value"]

    def open(self) -> None:
        """Opens the connection to the browser, except in a static build."""
        self._keys, self._limits, self._start = self.keys_shown(), self.limits(), self.state()
        if not os.environ.get("W2V_STATIC"):
            super().open()

    def _repr_mimebundle_(self, **options):
        data, metadata = ({"text/plain": repr(self)}, {}) if self.comm is None else super()._repr_mimebundle_(**options)
        return data | {"text/html": self.page_html()}, metadata

    def page_html(self) -> str:
        """Returns the picture with all that the site's script needs to wake it."""
        state, limits = self.state(), self.limits()
        recipe = json.dumps({"kind": self.kind, "state": state, "limits": limits}, allow_nan=False)
        return f'<div class="w2v-explorer" data-w2v="{html.escape(recipe)}">{picture(self.kind, state, limits)}</div>'
