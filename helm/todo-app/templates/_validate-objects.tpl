{{/*
No two objects of one kind have one name: Helm would make one of them and then the other in its place. The
templates are rendered for that a second time, so that it holds for every name that any value makes.
*/}}
{{- define "todo-app.objectProblems" -}}
{{- $problems := list }}
{{- $owners := dict }}
{{- range $file := include "todo-app.objectTemplates" . | fromYamlArray }}
{{- range $text := regexSplit "(?m)^---\\r?$" (include (printf "%s/%s.yaml" $.Template.BasePath $file) $) -1 }}
{{- $object := fromYaml $text }}
{{- if hasKey $object "kind" }}
{{- $name := printf "%s %q" $object.kind $object.metadata.name }}
{{- with get $owners $name }}
{{- $makers := ternary (printf "twice by templates/%s.yaml" .) (printf "by templates/%s.yaml and templates/%s.yaml" . $file) (eq . $file) }}
{{- $problems = append $problems (printf "%s would be made %s: give one of them another name" $name $makers) }}
{{- end }}
{{- $_ := set $owners $name $file }}
{{- end }}
{{- end }}
{{- end }}
{{- toYaml $problems }}
{{- end }}

{{/* The templates that make objects: Helm has no list of them. */}}
{{- define "todo-app.objectTemplates" -}}
- alert-rules
- backend-deployment
- backend-service
- configmap
- frontend-deployment
- frontend-service
- hpa
- ingress
- migration-job
- migration-networkpolicy
- migration-secret
- namespace
- networkpolicy
- pdb
- postgres
- secret
- serviceaccounts
- servicemonitor
- tests/health
- tests/tasks
{{- end }}
