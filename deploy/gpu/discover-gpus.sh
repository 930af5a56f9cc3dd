#!/usr/bin/env bash
# Tells Spark which GPUs a machine or container has: {"name": "gpu", "addresses": ["0", "1"]}, by the indices that CUDA
# counts with. For spark.worker.resource.gpu.discoveryScript, spark.executor.resource.gpu.discoveryScript and
# spark.driver.resource.gpu.discoveryScript; conf/spark/gpu.conf has the rest.
set -euo pipefail

command -v nvidia-smi >/dev/null 2>&1 || {
  echo "There is no «nvidia-smi» on $(hostname). Install NVIDIA's driver, or do not ask Spark for GPUs here." >&2
  exit 1
}
indices="$(nvidia-smi --query-gpu=index --format=csv,noheader | tr -d ' ')"
addresses="$(printf '%s\n' "$indices" | sed '/^$/d; s/.*/"&"/' | paste -sd, -)"
printf '{"name": "gpu", "addresses": [%s]}\n' "$addresses"
