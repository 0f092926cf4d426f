{{/*
What the schema can't say, or not in words: it knows types and keys; how a value is written and how values
fit together is checked here. All that is wrong comes in one message: the key, what was found, what to do.
*/}}
{{- define "todo-app.validate" -}}
{{- $problems := list }}
{{- range tuple "format" "pod" "workload" "selector" "env" "variable" "secret" "database" "policy" "monitoring" "cluster" }}
{{- $problems = concat $problems (include (printf "todo-app.%sProblems" .) $ | fromYamlArray) }}
{{- end }}
{{- /* Names that are wrong in themselves would only be told twice. */}}
{{- if not $problems }}
{{- $problems = include "todo-app.objectProblems" . | fromYamlArray }}
{{- end }}
{{- with $problems }}
{{- fail (printf "\n\nThe values of %s can't be used:\n  - %s\n" $.Chart.Name (join "\n  - " .)) }}
{{- /* `helm lint` prints that and goes on. What follows isn't YAML, so that it fails there too. */}}
{ see above what can't be used
{{- end }}
{{- end }}
