{{/* A read that takes longer than the time between two is refused by the Prometheus operator. */}}
{{- define "todo-app.monitoringProblems" -}}
{{- $problems := list }}
{{- with .Values.monitoring.serviceMonitor }}
{{- if gt (include "todo-app.seconds" .scrapeTimeout | float64) (include "todo-app.seconds" .interval | float64) }}
{{- $problems = append $problems (printf "monitoring.serviceMonitor.scrapeTimeout is %s, longer than monitoring.serviceMonitor.interval, which is %s: lower it" .scrapeTimeout .interval) }}
{{- end }}
{{- end }}
{{- toYaml $problems }}
{{- end }}

{{/* A time as Prometheus writes it, in seconds; 0 where it isn't one. */}}
{{- define "todo-app.seconds" -}}
{{- $unit := regexFind "[a-z]*$" . -}}
{{- $units := dict "ms" 0.001 "s" 1.0 "m" 60.0 "h" 3600.0 "d" 86400.0 -}}
{{- mulf (trimSuffix $unit . | float64) (get $units $unit | default 0.0) }}
{{- end }}
