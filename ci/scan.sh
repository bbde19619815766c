#!/usr/bin/env bash
# Scans in CI: a SARIF report in a file, annotations on standard output, the exit status of the scan. Settings come from the environment.
set -uo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
[ -f "$here/dist/cli.js" ] || (cd "$here" && npm ci --ignore-scripts --no-audit --no-fund && npm run build) >&2 || exit 2
read -r -a paths <<< "${PATHS:-.}"
options=(--fail-on "${FAIL_ON:-high}" --quiet)
[ -n "${DIFF:-}" ] && options+=(--diff "$DIFF")
node "$here/dist/cli.js" scan "${paths[@]}" "${options[@]}" --format sarif --output "${OUTPUT:-wardline.sarif}"
status=$?
[ "$status" -eq 2 ] && exit 2
[ "${ANNOTATE:-github}" = github ] && node "$here/dist/cli.js" scan "${paths[@]}" "${options[@]}" --format github
exit "$status"
