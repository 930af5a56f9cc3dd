#!/usr/bin/env bash
# Reports to Spark which GPUs a process on this machine may use: {"name": "gpu", "addresses": ["0", "1"]}. The addresses are CUDA's
# indices. They always start at 0, because CUDA counts only the GPUs in CUDA_VISIBLE_DEVICES. Set this script as
# spark.worker.resource.gpu.discoveryScript, spark.executor.resource.gpu.discoveryScript and
# spark.driver.resource.gpu.discoveryScript. The other settings are in conf/spark/gpu.conf.
set -euo pipefail

command -v nvidia-smi >/dev/null 2>&1 || {
  echo "The command 'nvidia-smi' was not found on $(hostname). Install NVIDIA's driver, or do not request GPUs on this machine." >&2
  exit 1
}

# Lines of index and UUID.
gpus="$(nvidia-smi --query-gpu=index,uuid --format=csv,noheader | tr -d ' ')"

# device ENTRY: the UUID of the device that an entry of CUDA_VISIBLE_DEVICES names, by its index or by the beginning of its UUID.
# Empty if no device matches, or several.
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
    # Like CUDA: entries after an invalid one are ignored, and a process sees at most one MIG slice.
    [ -n "$uuid" ] || break
    [[ "$seen" != *" $uuid "* ]] || {
      echo "CUDA_VISIBLE_DEVICES is $CUDA_VISIBLE_DEVICES on $(hostname) but has a device twice. Name each device once." >&2
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
