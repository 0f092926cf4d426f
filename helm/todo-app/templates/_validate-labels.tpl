{{/*
Labels: the chart's own stay its own. And a selector that also finds other pods would mix them into a
Service, a Deployment or a policy. So each is tried on the labels of all other roles.
*/}}
{{- define "todo-app.selectorProblems" -}}
{{- $problems := list }}
{{- range $key := keys .Values.labels | sortAlpha }}
{{- if or (has $key (tuple "component" "version" "helm.sh/chart")) (hasPrefix "app.kubernetes.io/" $key) }}
{{- $problems = append $problems (printf "labels.%s: the chart sets this label itself, for each object: leave it out" $key) }}
{{- end }}
{{- end }}
{{- $labels := dict "database" (include "todo-app.databaseSelector" . | fromYaml) }}
{{- range tuple "migration" "test" }}
{{- $_ := set $labels . (include "todo-app.podLabels" (dict "root" $ "component" .) | fromYaml) }}
{{- end }}
{{- range $side := tuple "backend" "frontend" }}
{{- $workload := get $.Values $side }}
{{- $selector := include "todo-app.workloadSelector" (dict "root" $ "workload" $workload) | fromYaml }}
{{- $_ := set $labels $side (include "todo-app.podLabels" (dict "root" $ "component" $workload.component "selector" $selector) | fromYaml) }}
{{- end }}
{{- range $side := tuple "backend" "frontend" }}
{{- $selector := include "todo-app.workloadSelector" (dict "root" $ "workload" (get $.Values $side)) | fromYaml }}
{{- range $role, $found := omit $labels $side }}
{{- if eq (toJson (mergeOverwrite (deepCopy $found) $selector)) (toJson $found) }}
{{- $problems = append $problems (printf "the selector of %s, %s, also finds the pods of %s: give it other labels by %s.selectorLabels or %s.component" $side (toJson $selector) $role $side $side) }}
{{- end }}
{{- end }}
{{- end }}
{{- toYaml $problems }}
{{- end }}
