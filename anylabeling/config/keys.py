"""Spelling of keyboard shortcuts, without Qt."""

from __future__ import annotations

# The order in which Qt writes them; one spelling lets duplicates be found by comparing texts.
_MODIFIERS = {"meta": "Meta", "ctrl": "Ctrl", "control": "Ctrl", "alt": "Alt", "shift": "Shift"}
_MODIFIER_ORDER = ("Meta", "Ctrl", "Alt", "Shift")

_NAMES = (
    "Esc Tab Backtab Backspace Return Enter Ins Del Pause Print SysReq Home End Left Up Right Down PgUp PgDown "
    "CapsLock NumLock ScrollLock Menu Help Space Back Forward Stop Refresh"
)
_NAMED_KEYS = {name.lower(): name for name in _NAMES.split()} | {f"f{number}": f"F{number}" for number in range(1, 36)}
_OTHER_SPELLINGS = {"escape": "Esc", "delete": "Del", "insert": "Ins", "pageup": "PgUp", "pagedown": "PgDown"}

_MAX_CHORDS = 4


def normalize_key_sequence(text: str) -> str | None:
    """Bring a key sequence to the one spelling that Qt uses too.

    Args:
        text: Such as "ctrl+shift+z", "Delete" or "Ctrl+K, Ctrl+S" (keys pressed one after another).

    Returns:
        Such as "Ctrl+Shift+Z", "Del" or "Ctrl+K, Ctrl+S"; None when it is no key sequence.
    """
    chords = text.strip().split(", ")
    if len(chords) > _MAX_CHORDS:
        return None
    normalized = [_normalize_chord(chord.strip()) for chord in chords]
    known = [chord for chord in normalized if chord is not None]
    return ", ".join(known) if len(known) == len(normalized) else None


def _normalize_chord(text: str) -> str | None:
    # "Ctrl++" ends in the key itself.
    if text.endswith("++"):
        names, key = text[:-2].split("+"), "+"
    else:
        *names, key = text.split("+") if text != "+" else [text]
    modifiers = [_MODIFIERS.get(name.strip().lower()) for name in names]
    if None in modifiers or len(set(modifiers)) != len(modifiers):
        return None
    key = key.strip()
    if len(key) == 1:
        spelled = key.upper() if len(key.upper()) == 1 else key
        if not key.isprintable() or key.isspace():
            return None
    else:
        found = _NAMED_KEYS.get(key.lower()) or _OTHER_SPELLINGS.get(key.lower())
        if found is None:
            return None
        spelled = found
    return "+".join([*(name for name in _MODIFIER_ORDER if name in modifiers), spelled])
