{{/*
When the migration runs. As a hook before every install and upgrade, where database and Secret are there
before the release. PostgreSQL of the release itself isn't: a hook before the install would wait for a
database that comes after it, and one after the install for backends that become ready only when it has
run. So that first time the Job and what belongs to it are ordinary objects of the release.
*/}}

{{/* Not empty where the migration is no hook this time. */}}
{{- define "todo-app.migrationInRelease" -}}
{{- if and .Values.postgres.enabled .Release.IsInstall }}true{{ end }}
{{- end }}

{{/* Annotations of the Job and its company: (dict "root" $ "weight" text "more" further hook annotations). */}}
{{- define "todo-app.migrationHook" -}}
{{- $hook := dict -}}
{{- if not (include "todo-app.migrationInRelease" .root) -}}
{{- $hook = dict
      "helm.sh/hook" "pre-install,pre-upgrade"
      "helm.sh/hook-weight" .weight
      "helm.sh/hook-delete-policy" "before-hook-creation,hook-succeeded" -}}
{{- $hook = mergeOverwrite $hook (.more | default dict) -}}
{{- end -}}
{{- toYaml $hook }}
{{- end }}

{{/* Its name. That of the first Job is another, so that no later hook deletes an object of the release. */}}
{{- define "todo-app.migrationName" -}}
{{- $suffix := ternary "migration-first" "migration" (not (empty (include "todo-app.migrationInRelease" .root))) -}}
{{- with .suffix }}{{ $suffix = printf "%s-%s" $suffix . }}{{ end -}}
{{- include "todo-app.suffixedName" (dict "root" .root "suffix" $suffix) }}
{{- end }}
