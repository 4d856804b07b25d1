#!/bin/sh
# Makes our own two models from the corpus: sh packaging/models/make.sh
#   [--configuration cpu|accelerator] [--minutes N] [--tune-minutes N] [--workers N]
#   [--work FOLDER] [--target FOLDER] [--trial]
# The corpus is found through STAGE_SHARED (by default ../shared beside the repository).
# --trial runs every step for a minute or less into build/models-trial and replaces nothing.
set -eu
here=$(CDPATH= cd "$(dirname "$0")" && pwd)
root=$(CDPATH= cd "$here/../.." && pwd)
venv=$root/build/models/venv
plain_index=https://download.pytorch.org/whl/cpu
work=
target=
configuration=
minutes=
tune_minutes=
workers=
trial=
while [ $# -gt 0 ]; do
    case $1 in
        --trial) trial=yes; shift; continue ;;
        --configuration | --minutes | --tune-minutes | --workers | --work | --target) ;;
        *) echo "unknown option: $1" >&2; exit 2 ;;
    esac
    [ $# -ge 2 ] || { echo "$1 needs a value" >&2; exit 2; }
    case $1 in
        --configuration) configuration=$2 ;;
        --minutes) minutes=$2 ;;
        --tune-minutes) tune_minutes=$2 ;;
        --workers) workers=$2 ;;
        --work) work=$2 ;;
        --target) target=$2 ;;
    esac
    shift 2
done
if [ -n "$trial" ]; then
    work=${work:-$root/build/models-trial}
    target=${target:-$work/result}
    minutes=${minutes:-1}
    tune_minutes=${tune_minutes:-1}
fi
work=${work:-$root/build/models}
target=${target:-$root/resources/models}
made=$work/made
corpus=${STAGE_SHARED:-$root/../shared}/corpus
if [ ! -d "$corpus" ]; then
    echo "There is no corpus at $corpus: set STAGE_SHARED to the folder that holds corpus/." >&2
    exit 2
fi
if [ -z "$configuration" ]; then
    if [ -e /dev/nvidia0 ]; then configuration=accelerator; else configuration=cpu; fi
fi
case $configuration in
    cpu | accelerator) ;;
    *) echo "--configuration is cpu or accelerator, not $configuration" >&2; exit 2 ;;
esac

trap 'echo; echo "Stopped. $target is as it was; the same command goes on from the last checkpoint."
      exit 130' INT TERM

mkdir -p "$work" "$made"
python=$venv/bin/python
if [ ! -x "$python" ]; then
    echo "== making a virtual environment"
    "${PYTHON:-python3}" -m venv "$venv"
fi
if ! cmp -s "$here/requirements.txt" "$venv/requirements.txt"; then
    echo "== installing requirements (PyTorch is large; llama.cpp may be compiled: minutes)"
    # PyTorch's own index, where it can be reached, has a build without CUDA: gigabytes less.
    plain=
    if [ "$configuration" = cpu ] && "$python" -c 'import sys, urllib.request as web
web.urlopen(sys.argv[1] + "/torch/", timeout=10)' "$plain_index" 2>/dev/null; then
        plain=$plain_index
    fi
    lean=$(cd "$here/../setup" &&
        "$python" -c 'import pips; print(pips.build_environment()["CMAKE_ARGS"])')
    CMAKE_ARGS=$lean "$python" -m pip install --disable-pip-version-check \
        ${plain:+--extra-index-url "$plain"} --requirement "$here/requirements.txt"
    cp "$here/requirements.txt" "$venv/requirements.txt"
fi
echo "== configuration: $configuration"
step() { echo "== $1"; shift; "$python" -u "$@"; }
if [ ! -f "$work/$configuration.ready" ]; then
    rm -f "$work"/*.ready "$work/base.pt"
    step "tokenizer and documents" "$here/documents.py" --work "$work" --configuration "$configuration"
    touch "$work/$configuration.ready"
fi
[ -f "$work/base.pt" ] || rm -f "$work/chat-part.pt"
step "base training" "$here/train.py" --work "$work" --configuration "$configuration" \
    ${minutes:+--minutes "$minutes"} ${workers:+--workers "$workers"}
step "chat tuning" "$here/tune.py" --work "$work" --configuration "$configuration" \
    ${tune_minutes:+--minutes "$tune_minutes"} ${workers:+--workers "$workers"}
step "base export" "$here/export.py" --work "$work" --kind base --target "$made"
step "chat export" "$here/export.py" --work "$work" --kind chat --target "$made"
step "notice" "$here/notice.py" --target "$made"
step "bars" "$here/bars.py" --work "$work" --target "$made" ${workers:+--workers "$workers"} \
    ${trial:+--trial} || {
    echo "A bar does not hold: $target is as it was, the new files are in $made." >&2
    exit 1
}
mkdir -p "$target"
for name in stage-base.gguf stage-chat.gguf NOTICE bars.json; do
    cp "$made/$name" "$target/$name.part"
done
for name in stage-base.gguf stage-chat.gguf NOTICE bars.json; do
    mv -f "$target/$name.part" "$target/$name"
done
echo "== the models are in $target; MODEL_CARD.md and the demo play are renewed by hand"
