{{/*
PostgreSQL for development: one pod with a volume. Volume and password share one life: the volume goes
with the StatefulSet, because a new password next to an old volume would lock the database.
*/}}

{{/* Name of the Secret with the password. */}}
{{- define "todo-app.postgresSecretName" -}}
{{- default .Values.postgres.name .Values.postgres.existingSecret }}
{{- end }}

{{- define "todo-app.postgresPassword" -}}
{{- include "todo-app.generated" (dict "root" . "secret" .Values.postgres.name "key" .Values.postgres.passwordKey) }}
{{- end }}

{{/* The connection string. The password is letters and digits, so nothing in it needs an escape. */}}
{{- define "todo-app.postgresUrl" -}}
{{- $postgres := .Values.postgres -}}
postgresql://{{ $postgres.user }}:{{ include "todo-app.postgresPassword" . }}@{{ $postgres.name }}:{{ $postgres.port }}/{{ $postgres.database }}
{{- end }}

{{/* Metadata of its objects: (dict "root" $). */}}
{{- define "todo-app.postgresMetadata" -}}
{{- $selector := include "todo-app.databaseSelector" .root | fromYaml -}}
{{- include "todo-app.metadata" (dict "root" .root "component" "database" "selector" $selector
    "name" .root.Values.postgres.name) }}
{{- end }}

{{/*
One probe: (dict "values" .Values.postgres "probe" its values). While the image prepares the data it listens
on no TCP port, so an open port means started and alive; ready is what the server itself says.
*/}}
{{- define "todo-app.postgresProbe" -}}
{{- if .probe.command -}}
exec:
  command:
    {{- toYaml .probe.command | nindent 4 }}
{{- else -}}
tcpSocket:
  port: {{ .values.port }}
{{- end }}
{{- range tuple "periodSeconds" "timeoutSeconds" "failureThreshold" }}
{{ . }}: {{ get $.probe . }}
{{- end }}
{{- end }}

{{/* The volume with the data: its name, and where it is mounted. */}}
{{- define "todo-app.postgresData" -}}
name: data
path: {{ .Values.postgres.dataPath | quote }}
{{- end }}

{{/* Variables of PostgreSQL, and of the check of its data. */}}
{{- define "todo-app.postgresEnv" -}}
{{- $postgres := .Values.postgres -}}
- name: POSTGRES_USER
  value: {{ $postgres.user | quote }}
- name: POSTGRES_DB
  value: {{ $postgres.database | quote }}
- name: POSTGRES_PASSWORD
  valueFrom:
    secretKeyRef:
      name: {{ include "todo-app.postgresSecretName" . | quote }}
      key: {{ $postgres.passwordKey | quote }}
{{- /* Below the volume's own folder, which may hold lost+found and belong to root. */}}
- name: PGDATA
  value: {{ printf "%s/pgdata" $postgres.dataPath | quote }}
- name: PGPORT
  value: {{ $postgres.port | quote }}
{{- end }}

{{/* Checks data that the volume has from before, and ends with the reason where it can't be used. */}}
{{- define "todo-app.postgresDataCheck" -}}
{{- $postgres := .Values.postgres -}}
name: check-data
image: {{ $postgres.image | quote }}
imagePullPolicy: {{ $postgres.pullPolicy }}
{{ include "todo-app.containerSettings" . }}
command:
  - /bin/sh
  - -c
  - {{ .Files.Get "files/postgres/check-data.sh" | replace "\r\n" "\n" | quote }}
env:
  {{- include "todo-app.postgresEnv" . | nindent 2 }}
  - name: EXISTING_DATA
    value: {{ $postgres.existingData | quote }}
resources:
  {{- toYaml $postgres.resources | nindent 2 }}
{{ include "todo-app.volumeMounts" (prepend $postgres.writablePaths (include "todo-app.postgresData" . | fromYaml)) }}
{{- end }}

{{- define "todo-app.postgresContainer" -}}
{{- $postgres := .Values.postgres -}}
name: postgres
image: {{ $postgres.image | quote }}
imagePullPolicy: {{ $postgres.pullPolicy }}
{{ include "todo-app.containerSettings" . }}
ports:
  - name: postgres
    containerPort: {{ $postgres.port }}
    protocol: TCP
env:
  {{- include "todo-app.postgresEnv" . | nindent 2 }}
resources:
  {{- toYaml $postgres.resources | nindent 2 }}
{{- range $kind, $probe := $postgres.probes }}
{{ $kind }}Probe:
  {{- include "todo-app.postgresProbe" (dict "values" $postgres "probe" $probe) | nindent 2 }}
{{- end }}
{{ include "todo-app.volumeMounts" (prepend $postgres.writablePaths (include "todo-app.postgresData" . | fromYaml)) }}
{{- end }}
