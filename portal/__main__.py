"""``python -m portal …``: the commands of whoever runs the portal."""

import sys

from portal.commands.parser import main

if __name__ == "__main__":
    sys.exit(main())
