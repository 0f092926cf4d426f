{{/*
The pause before the stop signal (preStop.sleep) is on by default from Kubernetes 1.30. This isn't
`kubeVersion` in Chart.yaml, because a Helm built from source takes a cluster that it can't ask for
v1.20.0, and then no template could be rendered.
*/}}
{{- define "todo-app.clusterProblems" -}}
{{- $problems := list }}
{{- $version := .Capabilities.KubeVersion.Version }}
{{- if and (semverCompare "<1.30.0-0" $version) (ne $version "v1.20.0") }}
{{- $problems = append $problems (printf "the cluster runs Kubernetes %s, and the chart needs 1.30 or newer" $version) }}
{{- end }}
{{- if and .Release.IsUpgrade .Values.postgres.enabled (include "todo-app.releaseBefore" .) }}
{{- $problems = concat $problems (include "todo-app.databaseThereProblems" . | fromYamlArray) }}
{{- end }}
{{- toYaml $problems }}
{{- end }}

{{/*
Not empty at an upgrade by a Helm that asks the cluster and keeps its releases in Secrets, as it does by
default: what it doesn't find then isn't there. `helm template` finds nothing, whatever is there.
*/}}
{{- define "todo-app.releaseBefore" -}}
{{- $name := printf "sh.helm.release.v1.%s.v%d" .Release.Name (sub .Release.Revision 1) -}}
{{- if lookup "v1" "Secret" .Release.Namespace $name }}true{{ end }}
{{- end }}

{{/* At an upgrade the database of the release is there already, with the password that it was made with. */}}
{{- define "todo-app.databaseThereProblems" -}}
{{- $problems := list }}
{{- $postgres := .Values.postgres }}
{{- $namespace := include "todo-app.namespace" . }}
{{- if and .Values.migration.enabled (not (lookup "apps/v1" "StatefulSet" $namespace $postgres.name)) }}
{{- $problems = append $problems (printf "postgres.enabled is true, but there is no StatefulSet %q in namespace %q yet, and the migration, which runs before anything else of an upgrade, would wait for it in vain: upgrade first with migration.enabled=false and without --wait, then with it; after an install that failed, uninstall it and install again" $postgres.name $namespace) }}
{{- end }}
{{- if not $postgres.existingSecret }}
{{- $secret := lookup "v1" "Secret" $namespace $postgres.name }}
{{- if and $secret (not (hasKey ($secret.data | default dict) $postgres.passwordKey)) }}
{{- $problems = append $problems (printf "postgres.passwordKey is %q, which Secret %q doesn't have: a new password would lock the database, whose volume knows the old one; found %s" $postgres.passwordKey $postgres.name (keys ($secret.data | default dict) | sortAlpha | join ", ")) }}
{{- end }}
{{- end }}
{{- toYaml $problems }}
{{- end }}

{{/* Not empty where the namespace that the release makes isn't there yet: at an install, or as an upgrade finds it. */}}
{{- define "todo-app.namespaceMissing" -}}
{{- if .Release.IsInstall -}}
true
{{- else if and (include "todo-app.releaseBefore" .) (not (lookup "v1" "Namespace" "" .Values.namespace.name)) -}}
true
{{- end -}}
{{- end }}
