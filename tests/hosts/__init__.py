"""The prompt in the hosts that people use, as their makers publish them: needs Chromium, npm and the extra `hosts`."""
