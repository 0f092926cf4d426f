{{/*
When the migration runs. As a hook before every install and upgrade, where database and Secret are there
before the release. PostgreSQL of the release itself isn't: a hook before the install would wait for a
database that comes after it, and one after the install for backends that become ready only when it has
run. So that first time the Job and what belongs to it are ordinary objects of the release.

A rollback to that first revision makes these objects again. Helm can't do it while a Job of that name is
there: a Job's template can't be changed, and what Helm compares it with is the failed revision, which has
no such object. So the hooks of later upgrades have the same names. Each deletes the release's object
before it starts, and its own afterwards, whatever comes of it.
*/}}

{{/* Not empty where the migration is no hook this time. */}}
{{- define "todo-app.migrationInRelease" -}}
{{- if and .Values.postgres.enabled .Release.IsInstall }}true{{ end }}
{{- end }}

{{/* Not empty where the release's first revision may hold the Job as an object: the database is in it, or was. */}}
{{- define "todo-app.migrationLocal" -}}
{{- $name := include "todo-app.suffixedName" (dict "root" . "suffix" "migration-local") -}}
{{- if or .Values.postgres.enabled (and .Release.IsUpgrade (lookup "batch/v1" "Job" (include "todo-app.namespace" .) $name)) }}true{{ end }}
{{- end }}

{{/* Annotations of the Job and its company: (dict "root" $ "weight" text "more" further hook annotations). */}}
{{- define "todo-app.migrationHook" -}}
{{- $hook := dict -}}
{{- if not (include "todo-app.migrationInRelease" .root) -}}
{{- $delete := "before-hook-creation,hook-succeeded" -}}
{{- if include "todo-app.migrationLocal" .root }}{{ $delete = printf "%s,hook-failed" $delete }}{{ end -}}
{{- $hook = dict
      "helm.sh/hook" "pre-install,pre-upgrade"
      "helm.sh/hook-weight" .weight
      "helm.sh/hook-delete-policy" $delete -}}
{{- $hook = mergeOverwrite $hook (.more | default dict) -}}
{{- end -}}
{{- toYaml $hook }}
{{- end }}

{{/* Its name. For an external database it is another one, so that a failed Job can stay for inspection. */}}
{{- define "todo-app.migrationName" -}}
{{- $suffix := ternary "migration-local" "migration" (not (empty (include "todo-app.migrationLocal" .root))) -}}
{{- with .suffix }}{{ $suffix = printf "%s-%s" $suffix . }}{{ end -}}
{{- include "todo-app.suffixedName" (dict "root" .root "suffix" $suffix) }}
{{- end }}
