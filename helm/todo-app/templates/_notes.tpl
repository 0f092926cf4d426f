{{/*
What Helm prints after an install: the way to the frontend that fits its Service. It is kept apart from
NOTES.txt so that a test can render it.
*/}}
{{- define "todo-app.notes" -}}
{{- $service := .Values.frontend.service -}}
{{- $name := include "todo-app.serviceName" .Values.frontend -}}
{{- $namespace := include "todo-app.namespace" . -}}
{{ include "todo-app.name" . }} {{ include "todo-app.version" . }} is in namespace {{ $namespace }} as release {{ .Release.Name }}.

{{ if not .Values.workloads.create -}}
Its Deployments and Services aren't part of this release (workloads.create is false); what made
them knows their address.
{{- else if .Values.ingress.enabled -}}
Open http{{ if .Values.ingress.tls.enabled }}s{{ end }}://{{ .Values.ingress.host }}{{ .Values.ingress.path }}
The host name has to lead to the ingress controller. On Minikube, the address of the node does:
  minikube ip
{{- else if eq $service.type "NodePort" -}}
Open the URL that this prints (on macOS and Windows with the docker driver, it has to keep running):
  minikube service {{ $name }} --namespace {{ $namespace }} --url
{{- with $service.nodePort }}
Where the node's address can be reached, and on other clusters:
  http://NODE:{{ . }}
{{- end }}
{{- else if eq $service.type "LoadBalancer" -}}
Open the Service's address. On Minikube it gets one while `minikube tunnel` runs in another terminal:
  kubectl get service {{ $name }} --namespace {{ $namespace }} --output jsonpath='http://{.status.loadBalancer.ingress[0].ip}{.status.loadBalancer.ingress[0].hostname}:{{ $service.port }}'
{{- else -}}
{{- /* Below 1024 only root may listen. */}}
{{- $port := ternary 8080 (int $service.port) (lt (int $service.port) 1024) -}}
The Service has no port outside the cluster. Open http://localhost:{{ $port }} while this runs:
  kubectl port-forward service/{{ $name }} {{ $port }}:{{ $service.port }} --namespace {{ $namespace }}
{{- end }}

{{- if .Values.tests.enabled }}

Check that it works:
  helm test {{ .Release.Name }} --namespace {{ .Release.Namespace }}
{{- end }}
{{- end }}
