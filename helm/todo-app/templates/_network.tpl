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
Peers: networks without parts of them: (dict "root" $ "cidrs" list "except" list). Kubernetes wants an
exception to lie inside its network, so each network gets those that do. With networkPolicy.ipv6, all
addresses are those of both families.
*/}}
{{- define "todo-app.cidrPeers" -}}
{{- $peers := list }}
{{- $cidrs := .cidrs }}
{{- if and .root.Values.networkPolicy.ipv6 (has "0.0.0.0/0" $cidrs) }}{{ $cidrs = append $cidrs "::/0" | uniq }}{{ end }}
{{- range $cidr := $cidrs }}
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
"true" where one network lies inside another or is the same: (dict "inner" cidr "outer" cidr). Templates
have no bit operations, so each part of both is divided by what the outer prefix doesn't cover of it.
*/}}
{{- define "todo-app.cidrWithin" -}}
{{- $outerLength := splitList "/" .outer | last | atoi }}
{{- $width := ternary 16 8 (contains ":" .outer) }}
{{- $same := and (eq (contains ":" .inner) (contains ":" .outer)) (ge (splitList "/" .inner | last | atoi) $outerLength) }}
{{- $inner := include "todo-app.cidrParts" .inner | fromYamlArray }}
{{- range $index, $part := include "todo-app.cidrParts" .outer | fromYamlArray }}
{{- $free := sub (mul $width (add $index 1)) $outerLength | max 0 | min $width | int }}
{{- $divisor := 1 }}
{{- range until $free }}{{ $divisor = mul $divisor 2 }}{{ end }}
{{- $other := index $inner (min $index (sub (len $inner) 1)) | int64 }}
{{- if ne (div (int64 $part) $divisor) (div $other $divisor) }}{{ $same = false }}{{ end }}
{{- end }}
{{- if $same }}true{{ end }}
{{- end }}

{{/* The numbers of a network's address: four of 8 bits, or eight of 16 where it is an IPv6 one. */}}
{{- define "todo-app.cidrParts" -}}
{{- $address := splitList "/" . | first }}
{{- $parts := list }}
{{- if contains ":" $address }}
{{- $sides := splitList "::" $address }}
{{- $head := splitList ":" (first $sides) | compact }}
{{- $tail := list }}
{{- if gt (len $sides) 1 }}{{ $tail = splitList ":" (last $sides) | compact }}{{ end }}
{{- range $head }}{{ $parts = append $parts (int64 (printf "0x%s" .)) }}{{ end }}
{{- range until (sub 8 (add (len $head) (len $tail)) | max 0 | int) }}{{ $parts = append $parts 0 }}{{ end }}
{{- range $tail }}{{ $parts = append $parts (int64 (printf "0x%s" .)) }}{{ end }}
{{- else }}
{{- range splitList "." $address }}{{ $parts = append $parts (atoi .) }}{{ end }}
{{- end }}
{{- toYaml $parts }}
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
    {{- include "todo-app.cidrPeers" (dict "root" $ "cidrs" $database.cidrs "except" $database.exceptCidrs) | nindent 4 }}
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
    {{- include "todo-app.cidrPeers" (dict "root" .root "cidrs" $policy.ingressCidrs "except" $policy.ingressExceptCidrs) | nindent 4 }}
  {{- include "todo-app.tcpPort" .workload.port | nindent 2 }}
{{- end }}
{{- if .root.Values.tests.enabled }}
- from:
    {{- include "todo-app.podPeer" (include "todo-app.roleSelector" (dict "root" .root "component" "test")) | nindent 4 }}
  {{- include "todo-app.tcpPort" .workload.port | nindent 2 }}
{{- end }}
{{- end }}
