{{/* What a container reserves fits into what it may use, and each of its directories has a place of its own. */}}
{{- define "todo-app.podProblems" -}}
{{- $problems := list }}
{{- range $owner := tuple "backend" "frontend" "migration" "postgres" "tests" }}
{{- $values := get $.Values $owner }}
{{- range $what := tuple "cpu" "memory" "ephemeral-storage" }}
{{- $request := get $values.resources.requests $what }}
{{- $limit := get $values.resources.limits $what }}
{{- $most := include "todo-app.amount" $limit | float64 }}
{{- if and $most (gt (include "todo-app.amount" $request | float64) $most) }}
{{- $problems = append $problems (printf "%s.resources.requests.%s is %v, above %s.resources.limits.%s, which is %v: lower it, or raise the limit" $owner $what $request $owner $what $limit) }}
{{- end }}
{{- end }}
{{- $volumes := get $values "writablePaths" | default list }}
{{- if eq $owner "postgres" }}
{{- $volumes = prepend $volumes (include "todo-app.postgresData" $ | fromYaml) }}
{{- end }}
{{- range $key := tuple "name" "path" }}
{{- $seen := list }}
{{- range $volume := $volumes }}
{{- $value := get $volume $key }}
{{- if has $value $seen }}
{{- $problems = append $problems (printf "%s has two volumes of the %s %q: give each of %s.writablePaths its own" $owner $key $value $owner) }}
{{- end }}
{{- $seen = append $seen $value }}
{{- end }}
{{- end }}
{{- end }}
{{- toYaml $problems }}
{{- end }}

{{/* A quantity of Kubernetes (250m, 0.5, 512Mi) as a number; 0 where it isn't one. */}}
{{- define "todo-app.amount" -}}
{{- $text := toString . -}}
{{- $unit := regexFind "[A-Za-z]*$" $text -}}
{{- $units := dict "" 1.0 "m" 0.001 "k" 1e3 "M" 1e6 "G" 1e9 "T" 1e12
      "Ki" 1024.0 "Mi" 1048576.0 "Gi" 1073741824.0 "Ti" 1099511627776.0 -}}
{{- mulf (trimSuffix $unit $text | float64) (get $units $unit | default 0.0) }}
{{- end }}
