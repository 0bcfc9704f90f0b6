"""The prompt in the hosts that people use, as their makers publish them: with Chromium, npm and the extra `hosts`."""
