#!/bin/sh
# Makes the namespace where it is missing. RETENTION is how long finished workflows can be looked at.
set -eu
temporal operator namespace describe "$NAMESPACE" >/dev/null 2>&1 ||
  temporal operator namespace create --retention "$RETENTION" "$NAMESPACE"
# The server learns of a new namespace within seconds.
until temporal workflow count --namespace "$NAMESPACE" >/dev/null 2>&1; do sleep 1; done
