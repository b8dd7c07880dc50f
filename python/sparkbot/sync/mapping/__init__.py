"""A mapping: which columns name the contact and the number, and what each metadata key is made of. A TOML file, or a dict.

`document` reads and checks it, `types` read cells, `fields` make the values of a row.
"""

from sparkbot.sync.mapping.document import Mapping, read, written

__all__ = ["Mapping", "read", "written"]
