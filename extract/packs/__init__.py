"""Packs: rules of the user's own, one YAML file in the notation of the shipped ones.

    triggers:
      - id: own.handshake
        pattern: handshake|handshakes
        set: {kind: agreement, form: noun}
        match: [The two mayors sealed a handshake.]
        no_match: [They shook hands.]

file → source → pack (`read_packs`, for a run) → its examples (`check_pack`, before one)
"""

from extract.packs.pack import Pack, read_packs

__all__ = ["Pack", "read_packs"]
