{{/*
What ConfigMap and Secret hold where the chart makes them.
*/}}

{{/* The ConfigMap's data: where the services find each other, and over that configMap.data. */}}
{{- define "todo-app.configData" -}}
{{- $backend := include "todo-app.serviceUrl" .Values.backend -}}
{{- $frontend := include "todo-app.serviceUrl" .Values.frontend -}}
{{- $public := $frontend -}}
{{- with .Values.ingress -}}
{{- if .enabled -}}
{{- $public = printf "%s://%s" (ternary "https" "http" .tls.enabled) .host -}}
{{- end -}}
{{- end -}}
{{- $data := dict "BACKEND_URL" $backend "FRONTEND_URL" $frontend "BETTER_AUTH_URL" $public -}}
{{- mergeOverwrite $data .Values.configMap.data | toYaml }}
{{- end }}

{{/* Address of a workload's Service, from the same namespace. */}}
{{- define "todo-app.serviceUrl" -}}
http://{{ include "todo-app.serviceName" . }}:{{ .service.port }}
{{- end }}

{{/* Name of the Secret that the workloads read. */}}
{{- define "todo-app.secretName" -}}
{{- default .Values.secret.name .Values.secret.existingSecret }}
{{- end }}

{{/*
Name of the Secret that the migration reads. One of the release's own comes after the migration, and at
an upgrade it still has the old values: so then the migration gets one of its own.
*/}}
{{- define "todo-app.migrationSecretName" -}}
{{- if .Values.secret.existingSecret -}}
{{ .Values.secret.existingSecret }}
{{- else -}}
{{ include "todo-app.migrationName" (dict "root" .) }}
{{- end }}
{{- end }}

{{/* Values of the Secret by variable: those given, those generated, and the address of the chart's database. */}}
{{- define "todo-app.secretValues" -}}
{{- $values := deepCopy .Values.secret.values -}}
{{- range .Values.secret.generate -}}
{{- $key := index $.Values.secret.keys . -}}
{{- $_ := set $values . (include "todo-app.generated" (dict "root" $ "secret" $.Values.secret.name "key" $key)) -}}
{{- end -}}
{{- if and .Values.postgres.enabled (not (hasKey $values "DATABASE_URL")) (not .Values.postgres.existingSecret) -}}
{{- $_ := set $values "DATABASE_URL" (include "todo-app.postgresUrl" .) -}}
{{- end -}}
{{- toYaml $values }}
{{- end }}

{{/* The Secret's content by key: (dict "root" $ "only" names of variables; all where it is missing). */}}
{{- define "todo-app.secretData" -}}
{{- $values := include "todo-app.secretValues" .root | fromYaml -}}
{{- $data := dict -}}
{{- range $name, $value := $values -}}
{{- if has $name (default (keys $values) $.only) -}}
{{- $_ := set $data (index $.root.Values.secret.keys $name) $value -}}
{{- end -}}
{{- end -}}
{{- toYaml $data }}
{{- end }}

{{/*
A generated value: (dict "root" $ "secret" name "key" key). The one that the cluster has is kept; a new
one is made once in a rendering, however often it is asked for.
*/}}
{{- define "todo-app.generated" -}}
{{- $root := .root -}}
{{- if not (hasKey $root.Values "_generated") -}}
{{- $_ := set $root.Values "_generated" dict -}}
{{- end -}}
{{- $made := $root.Values._generated -}}
{{- $place := printf "%s/%s" .secret .key -}}
{{- if not (hasKey $made $place) -}}
{{- $there := lookup "v1" "Secret" (include "todo-app.namespace" $root) .secret -}}
{{- $value := get ($there.data | default dict) .key | b64dec -}}
{{- $_ := set $made $place ($value | default (randAlphaNum 48)) -}}
{{- end -}}
{{- get $made $place }}
{{- end }}
