{{/* Numbers, names and images of backend and frontend. */}}
{{- define "todo-app.workloadProblems" -}}
{{- $problems := list }}
{{- $rollout := .Values.rollout }}
{{- range $side := tuple "backend" "frontend" }}
{{- $workload := get $.Values $side }}
{{- $scaling := $workload.autoscaling }}
{{- $end := include "todo-app.secondsToEnd" (dict "root" $ "workload" $workload) | fromYaml }}
{{- if gt (int $end.least) (int $workload.terminationGracePeriodSeconds) }}
{{- $problems = append $problems (printf "%s.terminationGracePeriodSeconds is %v, but the pod may need %v seconds to end, and is killed before: %s; raise it, or lower those" $side $workload.terminationGracePeriodSeconds $end.least $end.parts) }}
{{- end }}
{{- if gt (int $scaling.minReplicas) (int $scaling.maxReplicas) }}
{{- $problems = append $problems (printf "%s.autoscaling.minReplicas is %v, above %s.autoscaling.maxReplicas, which is %v: swap or correct them" $side $scaling.minReplicas $side $scaling.maxReplicas) }}
{{- end }}
{{- end }}
{{- if and (eq (toString $rollout.maxSurge | trimSuffix "%") "0") (eq (toString $rollout.maxUnavailable | trimSuffix "%") "0") }}
{{- $problems = append $problems "rollout.maxSurge and rollout.maxUnavailable are both 0, so that no pod could ever be replaced: raise one of them" }}
{{- end }}
{{- $backend := .Values.backend }}
{{- $frontend := .Values.frontend }}
{{- if eq $backend.name $frontend.name }}
{{- $problems = append $problems (printf "backend.name and frontend.name are both %q: two Deployments need two names" $backend.name) }}
{{- end }}
{{- if eq (include "todo-app.serviceName" $backend) (include "todo-app.serviceName" $frontend) }}
{{- $problems = append $problems (printf "the Services of backend and frontend are both called %q: set backend.service.name or frontend.service.name" (include "todo-app.serviceName" $backend)) }}
{{- end }}
{{- if and $backend.service.nodePort (eq (toString $backend.service.nodePort) (toString $frontend.service.nodePort)) (ne $backend.service.type "ClusterIP") (ne $frontend.service.type "ClusterIP") }}
{{- $problems = append $problems (printf "backend.service.nodePort and frontend.service.nodePort are both %v: a port of the node leads to one Service" $backend.service.nodePort) }}
{{- end }}
{{- if ge (int .Values.tests.timeoutSeconds) (int .Values.tests.activeDeadlineSeconds) }}
{{- $problems = append $problems (printf "tests.timeoutSeconds is %v, but the pod is ended after %v seconds, before it could say why it failed: raise tests.activeDeadlineSeconds" .Values.tests.timeoutSeconds .Values.tests.activeDeadlineSeconds) }}
{{- end }}
{{- range $side := tuple "backend" "frontend" }}
{{- $image := (get $.Values $side).image }}
{{- if not (or $image.tag $image.digest) }}
{{- $problems = append $problems (printf "%s.image has neither a tag nor a digest: set one of them" $side) }}
{{- end }}
{{- if eq $image.tag "latest" }}
{{- $problems = append $problems (printf "%s.image.tag is latest: name a version, because a tag that stays the same never rolls out" $side) }}
{{- end }}
{{- end }}
{{- if hasSuffix ":latest" .Values.postgres.image }}
{{- $problems = append $problems (printf "postgres.image is %s: name a version, because latest becomes another one at any restart" .Values.postgres.image) }}
{{- end }}
{{- toYaml $problems }}
{{- end }}

{{/*
Seconds that a pod may need to end: (dict "root" $ "workload" .Values.backend). Defaults and the second to
exit are the applications'; what an existing ConfigMap says, and what another command does, isn't known.
*/}}
{{- define "todo-app.secondsToEnd" -}}
{{- $workload := .workload -}}
{{- $pause := int $workload.preStopSeconds -}}
{{- $config := .root.Values.configMap -}}
{{- $seconds := dict -}}
{{- range $name, $default := dict "DRAIN_SECONDS" "5" "CLOSE_SECONDS" "10" -}}
{{- $there := ternary "" (get $config.data $name) (ne $config.existingConfigMap "") -}}
{{- $given := get $workload.env $name | default $there | toString | trim -}}
{{- if regexMatch "^[0-9]{1,9}$" $given -}}
{{- $_ := set $seconds $name (int $given) -}}
{{- else if not $config.existingConfigMap -}}
{{- $_ := set $seconds $name (int $default) -}}
{{- end -}}
{{- end -}}
{{- if and (hasKey $seconds "DRAIN_SECONDS") (hasKey $seconds "CLOSE_SECONDS") (not $workload.command) -}}
least: {{ add $pause $seconds.DRAIN_SECONDS $seconds.CLOSE_SECONDS 1 }}
parts: {{ printf "preStopSeconds %d, DRAIN_SECONDS %d, CLOSE_SECONDS %d, and 1 to exit" $pause $seconds.DRAIN_SECONDS $seconds.CLOSE_SECONDS | quote }}
{{- else -}}
least: {{ add $pause 1 }}
parts: {{ printf "preStopSeconds %d, and the time to end after that" $pause | quote }}
{{- end -}}
{{- end }}
