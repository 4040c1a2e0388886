#!/bin/sh
# Hands random notices to those who say what is valid: the schemas and the Schematron of the EU, and the rules of DFØ.
# usage: validate.sh STANDARDS PYTHON [NUMBER OF EACH KIND]
set -eu
standards=$1 python=$2
cd "$(dirname "$0")/.."
PROPTEST_CASES=${3:-5} cargo test --test notices -- --ignored random_notices_are_written_for_the_validators
exec "$python" tests/validate.py "$standards" target/tmp/notices
