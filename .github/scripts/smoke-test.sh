#!/usr/bin/env bash
# Requests the page of stack ci, runs the chart's Helm tests, and passes the URL on to the next steps.
set -euo pipefail

url=$(npm run --silent pulumi -- stack output frontendUrl --stack ci)
curl --fail --silent --show-error --max-time 30 "$url" | grep '<title>'
helm test todo-app --namespace todo-app
echo "TODO_URL=$url" >> "$GITHUB_ENV"
