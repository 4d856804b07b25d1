"""Small style sheets for single widgets; there is none for the whole application."""

from collections.abc import Callable

from stage.ui.dress.tokens import Tokens


def scrollbars(scheme: Tokens) -> str:
    """Thin bars without arrows."""
    return f"""
    QScrollBar:vertical {{ background: transparent; width: 10px; margin: 0; border: 0; }}
    QScrollBar::handle:vertical {{
        background: {scheme.rule}; border-radius: 3px; min-height: 32px; margin: 2px; }}
    QScrollBar::handle:vertical:hover {{ background: {scheme.faint}; }}
    QScrollBar::handle:vertical:disabled {{ background: transparent; }}
    QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 0; border: 0; }}
    QScrollBar::handle:horizontal {{
        background: {scheme.rule}; border-radius: 3px; min-width: 32px; margin: 2px; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    """


def _board(scheme: Tokens) -> str:
    return f"""
    QTableView, QHeaderView {{ background: {scheme.surface}; border: 0; outline: 0; }}
    QTableCornerButton::section {{
        background: {scheme.surface}; border: 0; border-bottom: 1px solid {scheme.rule}; }}
    QAbstractScrollArea::corner {{ background: {scheme.surface}; border: 0; }}
    {scrollbars(scheme)}"""


def _bubble(scheme: Tokens) -> str:
    return f"""
    #pane {{ background: {scheme.surface}; border: 1px solid {scheme.faint};
        border-radius: 8px; }}"""


def _field(scheme: Tokens) -> str:
    return f"""
    QLineEdit, QComboBox {{
        background: {scheme.surface}; color: {scheme.text}; border: 1px solid {scheme.rule};
        border-radius: 6px; padding: 4px 8px; min-height: 20px;
        selection-background-color: {scheme.selection}; selection-color: {scheme.text}; }}
    QLineEdit {{ placeholder-text-color: {scheme.muted}; }}
    QLineEdit:focus:focus, QComboBox:focus {{ border-color: {scheme.mark}; }}
    QComboBox::drop-down {{ border: 0; width: 18px; }}
    QComboBox::down-arrow {{ image: none; }}
    QComboBox QAbstractItemView {{
        background: {scheme.surface}; border: 1px solid {scheme.rule}; outline: 0;
        selection-background-color: {scheme.selection}; selection-color: {scheme.text}; }}
    """


def _composer(scheme: Tokens) -> str:
    return f"""
    QPlainTextEdit {{
        background: {scheme.surface}; color: {scheme.text}; border: 1px solid {scheme.rule};
        border-radius: 8px; padding: 4px 8px; placeholder-text-color: {scheme.muted};
        selection-background-color: {scheme.selection}; selection-color: {scheme.text}; }}
    QPlainTextEdit:focus {{ border-color: {scheme.mark}; }}
    {scrollbars(scheme)}
    """


def _quote(scheme: Tokens) -> str:
    return f"""
    QPlainTextEdit {{
        background: transparent; color: {scheme.muted}; padding: 0;
        border: 0; border-left: 2px solid transparent;
        selection-background-color: {scheme.selection}; selection-color: {scheme.text}; }}
    QPlainTextEdit:focus {{ border-left-color: {scheme.mark}; }}
    {scrollbars(scheme)}
    """


def _bar(scheme: Tokens) -> str:
    return f"""
    QMenuBar {{ background: {scheme.window}; color: {scheme.muted}; border: 0; spacing: 0; }}
    QMenuBar::item {{ padding: 5px 9px; background: transparent; border-radius: 4px; }}
    QMenuBar::item:selected {{ background: {scheme.sunken}; color: {scheme.text}; }}
    """


def _menu(scheme: Tokens) -> str:
    return f"""
    QMenu {{
        background: {scheme.surface}; color: {scheme.text}; border: 1px solid {scheme.rule};
        padding: 4px; }}
    QMenu::item {{ padding: 5px 28px 5px 26px; border-radius: 4px; }}
    QMenu::item:selected {{ background: {scheme.selection}; }}
    QMenu::item:disabled {{ color: {scheme.faint}; background: transparent; }}
    QMenu::separator {{ height: 1px; background: {scheme.rule}; margin: 4px 8px; }}
    QMenu::indicator {{ width: 12px; height: 12px; left: 8px; }}
    """


def _float(scheme: Tokens) -> str:
    return f"""
    QPushButton {{
        background: {scheme.surface}; color: {scheme.text}; border: 1px solid {scheme.rule};
        border-radius: 13px; padding: 4px 14px; }}
    QPushButton:hover {{ border-color: {scheme.faint}; }}
    """


def _table(scheme: Tokens) -> str:
    return f"""
    QTableView {{
        background: {scheme.surface}; border: 0; outline: 0;
        selection-background-color: {scheme.selection}; selection-color: {scheme.text}; }}
    QHeaderView {{ background: {scheme.surface}; border: 0; }}
    QHeaderView::section {{
        background: {scheme.surface}; color: {scheme.muted}; border: 0;
        border-bottom: 1px solid {scheme.rule}; padding: 6px 12px 6px 20px; }}
    QHeaderView::section:hover {{ color: {scheme.text}; }}
    QHeaderView::up-arrow, QHeaderView::down-arrow {{ image: none; width: 0; }}
    {scrollbars(scheme)}
    """


KINDS: dict[str, Callable[[Tokens], str]] = {
    "board": _board,
    "table": _table,
    "text": _composer,
    "quote": _quote,
    "field": _field,
    "bubble": _bubble,
    "float": _float,
    "bar": _bar,
    "menu": _menu,
}
