"""``python -m app.batch``, and the file that ``spark-submit`` is given."""

import sys

from app.batch.main import main

if __name__ == "__main__":
    sys.exit(main())
