{{/*
Building blocks of the NetworkPolicies. A policy that names both directions denies whatever it
doesn't list, so each of them holds even for a pod that the default-deny one doesn't select.
*/}}

{{/*
A policy up to its rules: (dict "root" $ "name" n "component" c "selector" YAML text "annotations" a).
*/}}
{{- define "todo-app.policyHead" -}}
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  {{- include "todo-app.metadata" (omit . "selector") | nindent 2 }}
spec:
  podSelector:
    matchLabels:
      {{- .selector | nindent 6 }}
{{- end }}

{{/* Peer: the pods of this namespace with these labels (YAML text). */}}
{{- define "todo-app.podPeer" -}}
- podSelector:
    matchLabels:
      {{- . | nindent 6 }}
{{- end }}

{{/*
Peers: networks without parts of them: (dict "cidrs" list "except" list). Kubernetes wants an exception
to lie inside its network, so each network gets those that do.
*/}}
{{- define "todo-app.cidrPeers" -}}
{{- $peers := list }}
{{- range $cidr := .cidrs }}
{{- $except := list }}
{{- range $.except }}
{{- if include "todo-app.cidrWithin" (dict "inner" . "outer" $cidr) }}{{ $except = append $except . }}{{ end }}
{{- end }}
{{- $block := dict "cidr" $cidr }}
{{- with $except }}{{ $block = set $block "except" . }}{{ end }}
{{- $peers = append $peers (dict "ipBlock" $block) }}
{{- end }}
{{- toYaml $peers }}
{{- end }}

{{/*
"true" where one IPv4 network lies inside another or is the same: (dict "inner" cidr "outer" cidr).
Templates have no bit operations, so both are divided down to the length of the outer one. IPv6 isn't
worked out: there only ::/0 holds others.
*/}}
{{- define "todo-app.cidrWithin" -}}
{{- $inner := splitList "/" .inner }}
{{- $outer := splitList "/" .outer }}
{{- $innerLength := last $inner | atoi }}
{{- $outerLength := last $outer | atoi }}
{{- if or (contains ":" .inner) (contains ":" .outer) -}}
{{- if and (contains ":" .inner) (eq .outer "::/0") }}true{{ end }}
{{- else if ge $innerLength $outerLength }}
{{- $innerNumber := 0 }}
{{- $outerNumber := 0 }}
{{- range first $inner | splitList "." }}{{ $innerNumber = add (mul $innerNumber 256) (atoi .) }}{{ end }}
{{- range first $outer | splitList "." }}{{ $outerNumber = add (mul $outerNumber 256) (atoi .) }}{{ end }}
{{- range until (sub 32 $outerLength | int) }}
{{- $innerNumber = div $innerNumber 2 }}
{{- $outerNumber = div $outerNumber 2 }}
{{- end }}
{{- if eq $innerNumber $outerNumber }}true{{ end }}
{{- end }}
{{- end }}

{{/* Port list with one TCP port. */}}
{{- define "todo-app.tcpPort" -}}
ports:
  - protocol: TCP
    port: {{ . }}
{{- end }}

{{/* Egress rule: names are looked up at the cluster's DNS server and nowhere else. */}}
{{- define "todo-app.dnsEgress" -}}
{{- $dns := .Values.networkPolicy.dns -}}
- to:
    - namespaceSelector:
        matchLabels:
          {{- toYaml $dns.namespaceLabels | nindent 10 }}
      podSelector:
        matchLabels:
          {{- toYaml $dns.podLabels | nindent 10 }}
  ports:
    - protocol: UDP
      port: {{ $dns.port }}
    - protocol: TCP
      port: {{ $dns.port }}
{{- end }}

{{/* Port of the database: the release's own, or another's. */}}
{{- define "todo-app.databasePort" -}}
{{- ternary .Values.postgres.port .Values.networkPolicy.database.port .Values.postgres.enabled }}
{{- end }}

{{/* Egress rule: the database, in the cluster or outside. */}}
{{- define "todo-app.databaseEgress" -}}
{{- $database := .Values.networkPolicy.database -}}
- to:
    {{- if $database.inCluster }}
    {{- include "todo-app.podPeer" (include "todo-app.databaseSelector" .) | nindent 4 }}
    {{- else }}
    {{- include "todo-app.cidrPeers" (dict "cidrs" $database.cidrs "except" $database.exceptCidrs) | nindent 4 }}
    {{- end }}
  {{- include "todo-app.tcpPort" (include "todo-app.databasePort" .) | nindent 2 }}
{{- end }}

{{/* Ingress rules to the backend. */}}
{{- define "todo-app.backendIngress" -}}
{{- $frontend := include "todo-app.workloadSelector" (dict "root" $ "workload" .Values.frontend) -}}
- from:
    {{- include "todo-app.podPeer" $frontend | nindent 4 }}
  {{- include "todo-app.tcpPort" .Values.backend.port | nindent 2 }}
{{- include "todo-app.commonIngress" (dict "root" $ "workload" .Values.backend) }}
{{- if .Values.monitoring.serviceMonitor.enabled }}
- from:
    - namespaceSelector:
        matchLabels:
          {{- toYaml .Values.networkPolicy.monitoring.namespaceLabels | nindent 10 }}
  {{- include "todo-app.tcpPort" .Values.backend.port | nindent 2 }}
{{- end }}
{{- end }}

{{/* Ingress rules to the frontend; none where nothing leads to it. */}}
{{- define "todo-app.frontendIngress" -}}
{{- include "todo-app.commonIngress" (dict "root" $ "workload" .Values.frontend) }}
{{- if .Values.ingress.enabled }}
- from:
    - namespaceSelector:
        matchLabels:
          {{- toYaml .Values.networkPolicy.ingressController.namespaceLabels | nindent 10 }}
  {{- include "todo-app.tcpPort" .Values.frontend.port | nindent 2 }}
{{- end }}
{{- end }}

{{/* From outside, where the Service has a port there, and from `helm test`: (dict "root" $ "workload" values). */}}
{{- define "todo-app.commonIngress" -}}
{{- $policy := .root.Values.networkPolicy }}
{{- if ne .workload.service.type "ClusterIP" }}
- from:
    {{- include "todo-app.cidrPeers" (dict "cidrs" $policy.ingressCidrs "except" $policy.ingressExceptCidrs) | nindent 4 }}
  {{- include "todo-app.tcpPort" .workload.port | nindent 2 }}
{{- end }}
{{- if .root.Values.tests.enabled }}
- from:
    {{- include "todo-app.podPeer" (include "todo-app.roleSelector" (dict "root" .root "component" "test")) | nindent 4 }}
  {{- include "todo-app.tcpPort" .workload.port | nindent 2 }}
{{- end }}
{{- end }}
