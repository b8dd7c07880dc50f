#!/bin/sh
# Installs the wheel in dist/ into a new environment, without anything else, and makes a call. For the release workflow: works in
# Alpine's sh and in Windows' Git Bash.
set -eu
empty=$(mktemp -d)
python -m venv "$empty"
programs="$empty/bin"
[ -d "$programs" ] || programs="$empty/Scripts"
"$programs/python" -m pip install --quiet --no-index dist/*.whl
cd "$empty"
"$programs/python" -c '
import platform, sparkbot
with sparkbot.Sandbox() as sandbox, sandbox.client() as client:
    print(platform.platform(), platform.python_version(), sparkbot.__version__, client.devices.list()[0]["alias"])
'
