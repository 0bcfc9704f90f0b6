"""The command `rhrt`. One file a command; no rules of its own."""

import gc
import sys


def run() -> None:
    """Run one command and end. It lives for a moment, and collects no garbage: not while it runs, nor when it ends.

    With it collected, `rhrt assess` takes 1.2 of the time: `python -m tests.benchmark` measures it.
    """
    gc.disable()
    try:
        from rhrt_cli.main import main

        main()
    except KeyboardInterrupt:  # before there is anything that could say so
        sys.exit(130)
    finally:
        gc.freeze()
