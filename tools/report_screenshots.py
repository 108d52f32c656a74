"""Takes screenshots of a report for the documentation, in light and in dark colours.

    python tools/report_screenshots.py FOLDER

Sorts copies of the example photos with the real command and opens its report in `chromium`.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from catdog_sorter.storage.locations import HOME_VARIABLE

_EXAMPLES = Path(__file__).resolve().parents[1] / "examples" / "photos"
_COLOURS = {"report": "1", "report-dark": "0"}


def main(folder: Path) -> None:
    browser = shutil.which("chromium")
    if browser is None:
        sys.exit("Chromium is not installed. Run `apt-get install chromium`.")
    with tempfile.TemporaryDirectory() as work:
        page = Path(work, "report.html")
        sort = (
            "sort",
            "--yes",
            str(_EXAMPLES),
            "--mode",
            "copy",
            "--into",
            f"{work}/sorted",
            "--report",
        )
        subprocess.run(
            [sys.executable, "-m", "catdog_sorter", *sort, str(page)],
            check=True,
            env={**os.environ, HOME_VARIABLE: f"{work}/home"},
        )
        for name, scheme in _COLOURS.items():
            subprocess.run(
                [
                    *(browser, "--headless", "--no-sandbox", "--disable-gpu"),
                    *("--window-size=1000,760", f"--user-data-dir={work}/profile"),
                    f"--blink-settings=preferredColorScheme={scheme}",
                    *(f"--screenshot={(folder / name).absolute()}.png", page.as_uri()),
                ],
                check=True,
                capture_output=True,
            )


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
