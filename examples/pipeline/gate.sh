#!/usr/bin/env bash
# Deploys a build only if its drill passes, and takes the deployment back if what is deployed does not stand its own check.
#
#   DEPLOY='...' ROLLBACK='...' VERIFY='...' gate.sh DRILL [words of drill run]
#
# DEPLOY, ROLLBACK and VERIFY are commands of yours; VERIFY is another drill, a smoke test or nothing. MIDWRITE is the program that
# starts Midwrite, RESULTS the directory for its reports. Ends with 0 if the build is deployed, with the drill's own exit code if it did not
# pass (nothing was deployed then), with 1 if it was deployed and taken back, and with 64 if it is not told what to do.
set -euo pipefail

if [ $# -eq 0 ] || [ -z "${DEPLOY:-}" ] || [ -z "${ROLLBACK:-}" ]; then
    echo "usage: DEPLOY=... ROLLBACK=... [VERIFY=...] $0 DRILL [words of drill run]" >&2
    exit 64
fi
midwrite=${MIDWRITE:-$(dirname "$0")/../../midwrite}
results=${RESULTS:-midwrite-results}

verdict=0
"$midwrite" drill run --gate --junit "$results/midwrite.xml" "$@" || verdict=$?
if [ "$verdict" -ne 0 ]; then
    echo "gate: closed, exit code $verdict; nothing was deployed." >&2
    exit "$verdict"
fi

taken_back() {
    echo "gate: $1; the deployment is taken back." >&2
    bash -c "$ROLLBACK" || { echo "gate: it could not be taken back: see above." >&2; exit 1; }
    exit 1
}

bash -c "$DEPLOY" || taken_back "the deployment failed"
[ -z "${VERIFY:-}" ] || bash -c "$VERIFY" || taken_back "what is deployed did not stand its check"
echo "gate: open; the build is deployed."
