#!/bin/sh
# Makes our own two models from the corpus: sh packaging/models/make.sh
#   [--configuration cpu|accelerator] [--minutes N] [--tune-minutes N] [--target FOLDER]
# The corpus is found through STAGE_SHARED (by default ../shared beside the repository).
set -eu
here=$(CDPATH= cd "$(dirname "$0")" && pwd)
root=$(CDPATH= cd "$here/../.." && pwd)
work=$root/build/models
target=$root/resources/models
configuration=
minutes=
tune_minutes=
while [ $# -gt 0 ]; do
    case $1 in
        --configuration) configuration=$2; shift 2 ;;
        --minutes) minutes=$2; shift 2 ;;
        --tune-minutes) tune_minutes=$2; shift 2 ;;
        --target) target=$2; shift 2 ;;
        *) echo "unknown option: $1" >&2; exit 2 ;;
    esac
done
mkdir -p "$work"
python=$work/venv/bin/python
if [ ! -x "$python" ]; then
    echo "== making a virtual environment"
    "${PYTHON:-python3}" -m venv "$work/venv"
fi
echo "== installing requirements"
"$python" -m pip install --quiet --requirement "$here/requirements.txt"
if [ -z "$configuration" ]; then
    configuration=$("$python" -c 'import torch
print("accelerator" if torch.cuda.is_available() else "cpu")')
fi
echo "== configuration: $configuration"
step() { echo "== $1"; shift; "$python" "$@"; }
if [ ! -f "$work/$configuration.ready" ]; then
    rm -f "$work/base.pt"
    step "tokenizer and documents" "$here/documents.py" --work "$work" --configuration "$configuration"
    touch "$work/$configuration.ready"
fi
step "base training" "$here/train.py" --work "$work" --configuration "$configuration" \
    ${minutes:+--minutes "$minutes"}
step "chat tuning" "$here/tune.py" --work "$work" --configuration "$configuration" \
    ${tune_minutes:+--minutes "$tune_minutes"}
step "base export" "$here/export.py" --work "$work" --kind base --target "$target"
step "chat export" "$here/export.py" --work "$work" --kind chat --target "$target"
step "notice" "$here/notice.py" --target "$target"
step "bars" "$here/bars.py" --work "$work" --target "$target"
