#!/usr/bin/env bash
# Takes the pictures of the README from the running demo, in headless Chromium: bash docs/screenshots.sh
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
CI=true README_PICTURES=docs/pictures cargo test --test browser
ls -l docs/pictures
