"""Takes all pictures that the documentation shows: of the terminal, the window and reports.

python tools/screenshots.py docs/screenshots
"""

import subprocess
import sys
from pathlib import Path

_KINDS = ("terminal", "window", "report")


def main() -> None:
    """Write all pictures into the given folder."""
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for kind in _KINDS:
        script = Path(__file__).with_name(f"{kind}_screenshots.py")
        subprocess.run([sys.executable, script, folder], check=True)


if __name__ == "__main__":
    main()
