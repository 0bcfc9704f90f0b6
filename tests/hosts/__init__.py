"""The prompt in the hosts that people use, as their makers publish them. Needs Chromium and npm."""
