"""What figures, charts and sentences say, in the reader's language; one table a language.

The language is set for a stretch of work, as matplotlib's settings are: `speaking`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import astuple, dataclass
from importlib import import_module
from typing import Literal, get_args

from actplot.errors import UsageError
from actplot.words.arguments import text
from actplot.words.quoting import shorten

Language = Literal["en", "ja", "ko", "es"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
AUTO = "auto"
_MODULES = {"en": "english", "ja": "japanese", "ko": "korean", "es": "spanish"}


@dataclass(frozen=True)
class Words:
    """Everything that is said, with the names of what stands in it in braces.

    A sentence of a table begins with ``applying`` and ``gives``; what else is asked for follows.
    """

    # Figures and charts.
    derivative: str
    second_derivative: str
    difference: str
    each_minus: str
    listed: str
    more: str
    sweep: str
    off: str
    value_at: str
    maximum: str
    minimum: str
    largest_slope: str
    from_the_first: str
    trained: str
    trained_flat: str
    trained_other: str
    unsure: str
    unsure_of: str
    differentiated: str
    undifferentiated: str
    undifferentiated_of: str
    rounded_slope: str
    in_format: str
    either: str
    of_logits: str
    # Formulas: when a value is taken.
    case_when: str
    case_else: str
    # Heads and cells of tables.
    in_training: str
    a_jump: str
    without_slope: str
    a_gradient: str
    unknown: str
    # Tangents.
    at: str
    no_tangent: str
    slope_at: str
    upright: str
    no_slope: str
    no_value_there: str
    no_slope_there: str
    jumps_there: str
    ends_there: str
    # Sentences of tables.
    applying: str
    gives: str
    slope: str
    gradient: str
    second: str
    difference_from: str
    undefined: str
    jump: str
    pole: str
    sides: str
    # Sentences about a figure, for those who can't see it.
    graph_of: str
    its_derivative: str
    its_second: str
    their_derivatives: str
    their_seconds: str
    over: str
    the_function: str
    goes: str
    jumps: str
    has_pole: str
    corner: str
    hole: str
    turns: str
    tends: str
    steepest: str
    has_tangent: str
    has: str
    # Signal and training: places, networks, and how they begin.
    layer: str
    layers: str
    step: str
    steps: str
    network: str
    networks: str
    init_of: str
    init_normal: str
    init_gain: str
    init_critical: str
    of_units: str
    gates: str
    # Signal and gradient from place to place.
    over_axis: str
    rms: str
    signal_size: str
    state_size: str
    gradient_size: str
    flow: str
    gradients_gone: str
    gradients_gone_by_theory: str
    gradients_kept: str
    gradients_shrunk: str
    gradients_grown: str
    in_networks: str
    no_number: str
    lost_in: str
    lost_by_theory: str
    passes_nothing: str
    shown_theory: str
    shown_networks: str
    variance_map: str
    correlation_map: str
    unchanged: str
    any_stays: str
    one_stays: str
    none_stays: str
    map_told: str
    # Networks that learn.
    learning_to_add: str
    sine_to_cosine: str
    two_spirals: str
    sample: str
    epoch: str
    bit: str
    loss: str
    loss_range: str
    gradient_by: str
    written: str
    written_cut: str
    curve_point: str
    cosine: str
    added: str
    clean_after: str
    clean_never: str
    wrote: str
    which_is_worse: str
    which_is_no_worse: str
    parted: str
    gradient_ratio: str
    diverged: str
    all_diverged: str
    untrained: str
    stopped: str
    agrees: str
    # Maps of functions of two inputs.
    gate_at: str
    line_at: str
    slice_at: str
    slopes_along: str
    map_of: str
    curve_over: str
    # Jacobians.
    jacobian_at: str
    gives_output: str
    slopes: str
    slope_along: str
    output_moves: str
    output_told: str
    # A gallery: its page and its index.
    gallery_of: str
    activation_functions: str
    skip: str
    counted: str
    function: str
    functions: str
    page_lead: str
    taken_dashed: str
    taken_instead: str
    pairs_have: str
    pairs_shown: str
    index_lead: str
    two_panels: str
    three_panels: str
    search_and_filter: str
    search_by: str
    search_hint: str
    switch_light: str
    light_or_dark: str
    fold_all: str
    unfold_all: str
    families: str
    some_of: str
    nothing_matches: str
    show_everything: str
    as_format: str
    and_derivative: str
    and_derivatives: str
    and_gradient: str
    and_both: str
    over_and_derivative: str
    limits: str
    limits_are: str
    no_limit: str
    shape: str
    jump_at: str
    kink_at: str
    no_kink: str
    symmetry: str
    odd: str
    even: str
    neither: str
    parameters: str
    also_called: str
    known_as: str
    source: str
    inputs: str
    line_and_gate: str
    a_and_b: str
    sketch: str
    sketched: str
    fills_pages: str
    holds_for: str

    @property
    def letters(self) -> str:
        """All letters that are used beside ASCII's, which a font must have."""
        return "".join(sorted({letter for text in astuple(self) for letter in text if letter > "~"}))


_spoken: ContextVar[Language] = ContextVar("language", default="en")


def say(language: Language | None = None) -> Words:
    """Return the words of a language, by default of that which is being spoken."""
    table: Words = import_module(f"{__name__}.{_MODULES[language or _spoken.get()]}").WORDS
    return table


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Speak a language inside the block."""
    token = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(token)


def spoken() -> Language:
    """Return the language that is being spoken."""
    return _spoken.get()


def find_language(name: str) -> Language:
    """Return a language by its code, or that of the locale for ``auto``, which is English where it is none of ours.

    Raises
    ------
    UsageError
        Where there is none of that name.

    """
    said = text(name, "language").strip().lower()
    code = _of_the_locale() if said == AUTO else said
    for language in LANGUAGES:
        if code == language:
            return language
    raise UsageError(f"--language: there is no '{shorten(name)}'; choose one of {', '.join(LANGUAGES)}, or {AUTO}")


def _of_the_locale() -> str:
    import os

    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(variable, ""):
            code = value.partition("_")[0].partition(".")[0].lower()
            return code if code in LANGUAGES else "en"
    return "en"
