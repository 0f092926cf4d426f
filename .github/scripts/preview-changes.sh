#!/usr/bin/env bash
# Previews each stack against the plan of the base, and collects the summaries for the pull request.
# Reads $RUNNER_TEMP/<stack>.json, writes $RUNNER_TEMP/summary.md. Exit code 1 where a preview failed.
set -euo pipefail

failed=0
for stack in dev prod ci; do
  base="$RUNNER_TEMP/$stack.json"
  summary="$RUNNER_TEMP/$stack.md"
  log="$RUNNER_TEMP/$stack.log"
  note=""
  preview=(npm run preview:ci -- --stack "$stack" --markdown "$summary")
  code=0
  "${preview[@]}" --base "$base" > "$log" 2>&1 || code=$?
  if [ ! -f "$summary" ]; then
    # A base that fails, or has no plan in this format yet, must not fail the pull request.
    code=0
    "${preview[@]}" > "$log" 2>&1 || code=$?
    note="There is no plan of the base to compare with: everything shows as new."
  fi
  cat "$log"
  if [ ! -f "$summary" ]; then
    note="There is no plan. The preview ended with:"
    { echo '```'; tail -n 20 "$log"; echo '```'; } > "$summary"
    sed -i "1i ### Pulumi preview of stack \`$stack\`\n\n$note\n" "$summary"
  elif [ -n "$note" ]; then
    printf '\n> [!NOTE]\n> %s\n' "$note" >> "$summary"
  fi
  [ "$code" = 0 ] || failed=1
  cat "$summary" >> "$RUNNER_TEMP/summary.md"
done
cat "$RUNNER_TEMP/summary.md" >> "$GITHUB_STEP_SUMMARY"
exit "$failed"
