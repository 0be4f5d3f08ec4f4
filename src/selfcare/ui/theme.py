"""The colours, sizes and spaces of the whole program, light, dark and high contrast, and how they reach the screen."""

from __future__ import annotations

from string import Template

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication

from selfcare.domain.records import Struct, asdict
from selfcare.host.folders import resource

TITLE, CARD_TITLE, TEXT, QUIET = 22.0, 16.0, 14.0, 12.5
"""The four text sizes, in pixels before the customer's own text size is applied."""

GRID = 8
"""Every distance is a multiple of this many pixels, or half of it."""

RADIUS_CARD, RADIUS_BUTTON = 12, 8

ARGUMENTS = ("-style", "fusion")
"""What QApplication is started with: `setStyle` would do the same, but costs a sixth of the time to the first paint."""


class Tokens(Struct, frozen=True):
    """One look: every colour by what it is for. Text on its ground has a contrast of at least 4.5 : 1, the `edge` of a
    field or button 3 : 1 (both measured on pictures).
    """

    name: str
    ground: str
    side: str
    card: str
    ink: str
    quiet: str
    line: str
    edge: str
    accent: str
    on_accent: str
    accent_hover: str
    accent_tint: str
    bad: str
    bad_tint: str
    warn: str
    warn_tint: str
    good: str
    good_tint: str
    neutral_tint: str
    hover: str
    bar: str
    focus: str


LIGHT = Tokens(
    name="light",
    ground="#f6f5f2",
    side="#f0efea",
    card="#ffffff",
    ink="#1b2230",
    quiet="#5a6478",
    line="#e5e2da",
    edge="#80858f",
    accent="#0f5e9c",
    on_accent="#ffffff",
    accent_hover="#0b4f85",
    accent_tint="#e6f0f9",
    bad="#b42318",
    bad_tint="#fdeeec",
    warn="#8f5400",
    warn_tint="#fdf3e1",
    good="#17713f",
    good_tint="#e8f5ed",
    neutral_tint="#f1f0ec",
    hover="#f4f3ef",
    bar="#6e92b8",
    focus="#0f5e9c",
)

DARK = Tokens(
    name="dark",
    ground="#15181e",
    side="#111419",
    card="#1d2128",
    ink="#e8eaee",
    quiet="#98a2b3",
    line="#2e343e",
    edge="#717b8c",
    accent="#6db3f2",
    on_accent="#0d1a26",
    accent_hover="#8ac3f6",
    accent_tint="#1b2f42",
    bad="#ff8f84",
    bad_tint="#3b1f1e",
    warn="#f5bd66",
    warn_tint="#382b15",
    good="#6fd19b",
    good_tint="#173224",
    neutral_tint="#282d36",
    hover="#242932",
    bar="#5d7fa3",
    focus="#6db3f2",
)

CONTRAST_LIGHT = Tokens(
    name="contrast-light",
    ground="#ffffff",
    side="#ffffff",
    card="#ffffff",
    ink="#000000",
    quiet="#1f2530",
    line="#000000",
    edge="#000000",
    accent="#003d73",
    on_accent="#ffffff",
    accent_hover="#00284d",
    accent_tint="#dcebfa",
    bad="#8a0f06",
    bad_tint="#ffffff",
    warn="#5c3600",
    warn_tint="#ffffff",
    good="#0a4a26",
    good_tint="#ffffff",
    neutral_tint="#ffffff",
    hover="#e6e6e6",
    bar="#5a7ca0",
    focus="#000000",
)

CONTRAST_DARK = Tokens(
    name="contrast-dark",
    ground="#000000",
    side="#000000",
    card="#000000",
    ink="#ffffff",
    quiet="#e2e6ec",
    line="#ffffff",
    edge="#ffffff",
    accent="#8fcbff",
    on_accent="#000000",
    accent_hover="#c0e2ff",
    accent_tint="#0a2f4d",
    bad="#ffb3ab",
    bad_tint="#000000",
    warn="#ffd591",
    warn_tint="#000000",
    good="#9be8bd",
    good_tint="#000000",
    neutral_tint="#000000",
    hover="#2b2b2b",
    bar="#7fa8d1",
    focus="#ffffff",
)


class Theme(QObject):
    """Dresses the application, follows the system while it runs, and lets a setting overrule it."""

    changed = Signal()

    def __init__(self, app: QApplication, look: str = "system") -> None:
        """`look` is "system", "light" or "dark"."""
        super().__init__(app)
        self._app = app
        self._look = look
        self._hints = app.styleHints()
        app.setProperty("textScale", text_scale_of(app.font()))
        self._hints.colorSchemeChanged.connect(self._follow)
        self._access = self._hints.accessibility()
        self._access.contrastPreferenceChanged.connect(self._follow)
        app.setFont(font(TEXT))
        self._dress()

    @property
    def tokens(self) -> Tokens:
        """The look in use."""
        dark = self._look == "dark" or (self._look != "light" and self._hints.colorScheme() == Qt.ColorScheme.Dark)
        if self._access.contrastPreference() == Qt.ContrastPreference.HighContrast:
            return CONTRAST_DARK if dark else CONTRAST_LIGHT
        return DARK if dark else LIGHT

    def set_look(self, look: str) -> None:
        """Change to "system", "light" or "dark" at once."""
        self._look = look
        self._follow()

    @Slot()
    def _follow(self) -> None:
        if self.tokens != tokens_in_use():
            self._dress()
            self.changed.emit()

    def _dress(self) -> None:
        tokens = self.tokens
        self._app.setProperty("tokens", tokens.name)
        self._app.setPalette(palette_of(tokens))
        self._app.setStyleSheet(style_sheet(tokens))


def tokens_in_use() -> Tokens:
    """The look that the application wears now; for widgets that paint themselves."""
    app = QApplication.instance()
    name = app.property("tokens") if app is not None else ""
    return next((t for t in (DARK, CONTRAST_LIGHT, CONTRAST_DARK) if t.name == name), LIGHT)


def text_scale() -> float:
    """How much larger than usual the customer's system asks for text: 1.0 to 2.5."""
    app = QApplication.instance()
    scale = app.property("textScale") if app is not None else None
    return float(scale) if isinstance(scale, float) else 1.0


def text_scale_of(system: QFont) -> float:
    """The scale that a system font asks for; 11 points at 96 dots per inch count as usual."""
    return min(2.5, max(1.0, QFontInfo(system).pixelSize() / 14.7))


def font(size: float, *, bold: bool = False) -> QFont:
    """The system's own font in one of the four sizes, with figures of equal width."""
    made = QFont(QApplication.font())
    made.setPixelSize(round(size * text_scale()))
    made.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    made.setFeature(QFont.Tag("tnum"), 1)
    return made


def palette_of(tokens: Tokens) -> QPalette:
    """A look as Qt wants it."""
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: tokens.ground,
        QPalette.ColorRole.WindowText: tokens.ink,
        QPalette.ColorRole.Base: tokens.card,
        QPalette.ColorRole.AlternateBase: tokens.ground,
        QPalette.ColorRole.Text: tokens.ink,
        QPalette.ColorRole.Button: tokens.card,
        QPalette.ColorRole.ButtonText: tokens.ink,
        QPalette.ColorRole.PlaceholderText: tokens.quiet,
        QPalette.ColorRole.Highlight: tokens.accent,
        QPalette.ColorRole.HighlightedText: tokens.on_accent,
        QPalette.ColorRole.Link: tokens.accent,
        QPalette.ColorRole.LinkVisited: tokens.accent,
        QPalette.ColorRole.ToolTipBase: tokens.card,
        QPalette.ColorRole.ToolTipText: tokens.ink,
        QPalette.ColorRole.Mid: tokens.line,
        QPalette.ColorRole.Accent: tokens.accent,
    }
    for role, colour in roles.items():
        palette.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(tokens.quiet))
    return palette


def style_sheet(tokens: Tokens) -> str:
    """The style sheet of `resources/style` with the colours of a look filled in."""
    template = resource("style", "selfcare.qss").read_text(encoding="utf-8")
    icons, tick = resource("icons").as_posix(), "white" if _luminance(tokens.on_accent) > 0.5 else "black"
    edges = {f"{kind}_edge": tag_colours(tokens, kind)[2] for kind in ("neutral", "good", "warn", "bad", "accent")}
    return Template(template).substitute(asdict(tokens), **edges, **_marks(), tick_ink=tick, icons=icons)


def tag_colours(tokens: Tokens, kind: str) -> tuple[str, str, str]:
    """The words, the ground and the edge of a tag. In high contrast, where a ground says little, its edge is drawn."""
    words = {"good": tokens.good, "warn": tokens.warn, "bad": tokens.bad, "accent": tokens.accent}.get(kind)
    tints = {"good": tokens.good_tint, "warn": tokens.warn_tint, "bad": tokens.bad_tint, "accent": tokens.accent_tint}
    ink, ground = words or tokens.quiet, tints.get(kind, tokens.neutral_tint)
    return ink, ground, ink if tokens.line == tokens.ink else ground


def _marks() -> dict[str, str]:
    """The sizes, in pixels, of the arrows and marks in fields and lists: they grow with the text."""
    scale = text_scale()
    arrow, mark, tick = round(12 * scale), round(16 * scale), round(14 * scale)
    ring = round(5 * scale)
    sizes = {"arrow": arrow, "arrow_room": 2 * arrow, "stepper": round(28 * scale), "mark": mark}
    sizes |= {"mark_round": mark // 2 + 1, "mark_ring": ring, "mark_dot": mark + 2 - 2 * ring, "tick": tick}
    return {name: f"{size}px" for name, size in sizes.items()}


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG 2.2 counts it (1.4.3), from 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def seen_on(colour: str, ground: str, least: float = 3.0) -> str:
    """An operator's colour (#rrggbb), moved towards black or white until it stands out from its ground.

    `least` is the contrast: 3 for what is no text (WCAG 2.2, 1.4.11), 4.5 for text. A colour that does is kept.
    """
    aim = 255 if _luminance(ground) < 0.18 else 0
    parts = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
    for step in range(21):
        moved = [round(part + (aim - part) * step / 20) for part in parts]
        found = "#{:02x}{:02x}{:02x}".format(*moved)
        if contrast(found, ground) >= least:
            return found
    return "#ffffff" if aim else "#000000"


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
