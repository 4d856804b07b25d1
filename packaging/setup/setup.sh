#!/bin/sh
# Finds a Python that Stage runs on and hands over to install.py beside this file.
cd "$(dirname "$0")/../.." || exit 1

if [ -x .venv/bin/python ]; then
    exec .venv/bin/python -I -S packaging/setup/install.py "$@"
fi
for python in "$STAGE_PYTHON" python3 python3.11 python3.12 python3.13; do
    [ -n "$python" ] || continue
    if "$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null; then
        exec "$python" -I packaging/setup/install.py "$@"
    fi
done
echo "Stage needs Python 3.11, 3.12 or 3.13 and found none: install python3, or set STAGE_PYTHON." >&2
exit 1
