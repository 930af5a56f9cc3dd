#!/usr/bin/env bash
# Tells Spark which GPUs a process here may use: {"name": "gpu", "addresses": ["0", "1"]}, by the indices that CUDA counts with.
# Those start at 0 whatever CUDA_VISIBLE_DEVICES leaves of the machine's GPUs, for CUDA counts only them. For
# spark.worker.resource.gpu.discoveryScript, spark.executor.resource.gpu.discoveryScript and
# spark.driver.resource.gpu.discoveryScript; conf/spark/gpu.conf has the rest.
set -euo pipefail

command -v nvidia-smi >/dev/null 2>&1 || {
  echo "There is no «nvidia-smi» on $(hostname). Install NVIDIA's driver, or do not ask Spark for GPUs here." >&2
  exit 1
}

# Lines of index and UUID.
gpus="$(nvidia-smi --query-gpu=index,uuid --format=csv,noheader | tr -d ' ')"

# device ENTRY: the UUID of the one that an entry of CUDA_VISIBLE_DEVICES names, by its index or by the first letters of its UUID;
# nothing where it is none of them, or several.
device() {
  local found=""
  case "$1" in
    MIG-?*) found="$(nvidia-smi -L | sed -n 's/.*(UUID: \(MIG-[^)]*\)).*/\1/p' | grep -F -- "$1" || true)" ;;
    GPU-?*) found="$(printf '%s\n' "$gpus" | cut -d, -f2 | grep -F -- "$1" || true)" ;;
    *[!0-9]* | '') ;;
    *) found="$(printf '%s\n' "$gpus" | grep "^$((10#$1))," | cut -d, -f2 || true)" ;;
  esac
  [[ "$found" == *$'\n'* ]] || printf '%s' "$found"
}

count=0
if [ -z "${CUDA_VISIBLE_DEVICES+set}" ]; then
  count="$(printf '%s' "$gpus" | grep -c . || true)"
else
  seen=" "
  IFS=, read -r -a entries <<<"${CUDA_VISIBLE_DEVICES// /}"
  for entry in ${entries[@]+"${entries[@]}"}; do
    uuid="$(device "$entry")"
    # As CUDA does: what follows an entry that is no device does not count, and a process sees one slice of a GPU at most.
    [ -n "$uuid" ] || break
    [[ "$seen" != *" $uuid "* ]] || {
      echo "CUDA_VISIBLE_DEVICES is $CUDA_VISIBLE_DEVICES on $(hostname) but names a device twice. Name each once." >&2
      exit 1
    }
    seen+="$uuid "
    count=$((count + 1))
    [[ "$uuid" != MIG-* ]] || break
  done
fi

addresses=""
for ((address = 0; address < count; address++)); do
  addresses+="${addresses:+, }\"$address\""
done
printf '{"name": "gpu", "addresses": [%s]}\n' "$addresses"
