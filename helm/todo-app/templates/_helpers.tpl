{{/*
Names and labels. Whatever comes from the values as text is quoted, here and in all templates: `on`, `1234`
and `*.local` are fine names that YAML would take for something else.

Two kinds of labels stand side by side. `app`, `component` and `version` are those of the project's
data model; `app` and `component` select pods. The app.kubernetes.io ones are for people and tools
that list what a release holds; nothing selects by them, so they may change.
*/}}

{{/* The application's name. */}}
{{- define "todo-app.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
{{- end }}

{{/* Prefix of the objects that values don't name: unique for each release in a namespace. */}}
{{- define "todo-app.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | trunc 63 | trimSuffix "-" }}
{{- else }}
{{- $name := default .Chart.Name .Values.nameOverride }}
{{- if contains $name .Release.Name }}
{{- .Release.Name | trunc 63 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name $name | trunc 63 | trimSuffix "-" }}
{{- end }}
{{- end }}
{{- end }}

{{/* fullname with a suffix; shortened so that a Job of that name still fits its pods' label. */}}
{{- define "todo-app.suffixedName" -}}
{{- $room := sub 62 (len .suffix) | int -}}
{{- printf "%s-%s" (include "todo-app.fullname" .root | trunc $room | trimSuffix "-") .suffix }}
{{- end }}

{{/* Chart and version, as a label may hold them. */}}
{{- define "todo-app.chart" -}}
{{- printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{- end }}

{{/* Version of the application. */}}
{{- define "todo-app.version" -}}
{{- default .Chart.AppVersion .Values.version }}
{{- end }}

{{/* What tells this release's objects from another's, in the standard labels. */}}
{{- define "todo-app.selectorLabels" -}}
app.kubernetes.io/name: {{ include "todo-app.name" . | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
{{- end }}

{{/*
Labels of a pod: (dict "root" $ "component" name "selector" its exact selector, if it has one).
Neither the chart's version nor the tool that manages the objects is among them: either would roll
all pods although nothing in them changed. The selector comes last, so that it always matches.
*/}}
{{- define "todo-app.podLabels" -}}
{{- $version := include "todo-app.version" .root -}}
{{- $labels := deepCopy .root.Values.labels -}}
{{- $labels = mergeOverwrite $labels (include "todo-app.selectorLabels" .root | fromYaml) -}}
{{- $_ := set $labels "app.kubernetes.io/part-of" .root.Values.labels.app -}}
{{- $_ := set $labels "app.kubernetes.io/version" $version -}}
{{- $_ := set $labels "version" $version -}}
{{- with .component -}}
{{- $_ := set $labels "app.kubernetes.io/component" . -}}
{{- $_ := set $labels "component" . -}}
{{- end -}}
{{- mergeOverwrite $labels (.selector | default dict) | toYaml }}
{{- end }}

{{/* Labels of a pod that ends; arguments as for podLabels. None of passingPods replaces one of the chart's. */}}
{{- define "todo-app.passingPodLabels" -}}
{{- mergeOverwrite (deepCopy .root.Values.passingPods.labels) (include "todo-app.podLabels" . | fromYaml) | toYaml }}
{{- end }}

{{/* Annotations of a pod that ends; nothing where there are none. */}}
{{- define "todo-app.passingPodAnnotations" -}}
{{- with mergeOverwrite (deepCopy .Values.passingPods.annotations) .Values.podAnnotations }}{{ toYaml . }}{{ end }}
{{- end }}

{{/* Labels of an object; arguments as for podLabels. */}}
{{- define "todo-app.labels" -}}
helm.sh/chart: {{ include "todo-app.chart" .root }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
{{ include "todo-app.podLabels" . }}
{{- end }}

{{/* The exact selector of a workload: (dict "root" $ "workload" .Values.backend). */}}
{{- define "todo-app.workloadSelector" -}}
{{- $default := dict "app" .root.Values.labels.app "component" .workload.component -}}
{{- .workload.selectorLabels | default $default | toYaml }}
{{- end }}

{{/* Selector of the pods of a role that has no workload of its own: (dict "root" $ "component" "test"). */}}
{{- define "todo-app.roleSelector" -}}
app: {{ .root.Values.labels.app | quote }}
component: {{ .component }}
{{- end }}

{{/* Selector of the database's pods, which another tool makes. */}}
{{- define "todo-app.databaseSelector" -}}
{{- with .Values.networkPolicy.database.podSelector -}}
{{- toYaml . }}
{{- else -}}
{{- include "todo-app.roleSelector" (dict "root" $ "component" "database") }}
{{- end }}
{{- end }}

{{/* Namespace of the objects: the release's, or another that the values name. */}}
{{- define "todo-app.namespace" -}}
{{- default .Release.Namespace .Values.namespace.name }}
{{- end }}

{{/* Name of the ConfigMap that the pods read. */}}
{{- define "todo-app.configMapName" -}}
{{- default .Values.configMap.name .Values.configMap.existingConfigMap }}
{{- end }}

{{/* Name of a workload's ServiceAccount. */}}
{{- define "todo-app.serviceAccountName" -}}
{{- default (ternary .name "default" .serviceAccount.create) .serviceAccount.name }}
{{- end }}

{{/* Name of a workload's Service. */}}
{{- define "todo-app.serviceName" -}}
{{- default .name .service.name }}
{{- end }}

{{/*
Metadata of an object: (dict "root" $ "name" n "component" c "selector" labels "annotations" its own
ones "labels" its own ones). All but root and name may be missing.
*/}}
{{- define "todo-app.metadata" -}}
name: {{ .name | quote }}
namespace: {{ include "todo-app.namespace" .root | quote }}
labels:
  {{- include "todo-app.labels" . | nindent 2 }}
  {{- with .labels }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- with mergeOverwrite (deepCopy .root.Values.annotations) (.annotations | default dict) }}
annotations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{/* The same for an object that belongs to a workload: (dict "root" $ "workload" values "name" n "annotations" a). */}}
{{- define "todo-app.workloadMetadata" -}}
{{- $selector := include "todo-app.workloadSelector" . | fromYaml -}}
{{- include "todo-app.metadata" (dict "root" .root "component" .workload.component "selector" $selector
    "name" (.name | default .workload.name) "annotations" .annotations) }}
{{- end }}
