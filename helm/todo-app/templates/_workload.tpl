{{/*
Deployment and Service of a web server; backend and frontend differ in their values alone.
Arguments of both: (dict "root" $ "workload" .Values.backend).
*/}}

{{- define "todo-app.deployment" -}}
{{- $root := .root -}}
{{- $workload := .workload -}}
{{- $selector := include "todo-app.workloadSelector" . | fromYaml -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  {{- include "todo-app.workloadMetadata" . | nindent 2 }}
spec:
  {{- /* A number here would fight the autoscaler at every upgrade. */}}
  {{- if not $workload.autoscaling.enabled }}
  replicas: {{ $workload.replicas }}
  {{- end }}
  revisionHistoryLimit: {{ $root.Values.rollout.revisionHistoryLimit }}
  progressDeadlineSeconds: {{ $root.Values.rollout.progressDeadlineSeconds }}
  strategy:
    type: RollingUpdate
    rollingUpdate:
      maxSurge: {{ $root.Values.rollout.maxSurge }}
      maxUnavailable: {{ $root.Values.rollout.maxUnavailable }}
  selector:
    matchLabels:
      {{- toYaml $selector | nindent 6 }}
  template:
    metadata:
      labels:
        {{- include "todo-app.podLabels" (dict "root" $root "component" $workload.component "selector" $selector) | nindent 8 }}
      {{- with include "todo-app.workloadAnnotations" . | fromYaml }}
      annotations:
        {{- toYaml . | nindent 8 }}
      {{- end }}
    spec:
      serviceAccountName: {{ include "todo-app.serviceAccountName" $workload | quote }}
      {{- include "todo-app.podSettings" (dict "root" $root) | nindent 6 }}
      terminationGracePeriodSeconds: {{ $workload.terminationGracePeriodSeconds }}
      topologySpreadConstraints:
        - maxSkew: {{ $root.Values.spread.maxSkew }}
          topologyKey: {{ $root.Values.spread.topologyKey | quote }}
          whenUnsatisfiable: {{ $root.Values.spread.whenUnsatisfiable }}
          labelSelector:
            matchLabels:
              {{- toYaml $selector | nindent 14 }}
      containers:
        - name: {{ $workload.component | quote }}
          image: {{ include "todo-app.image" $workload.image | quote }}
          imagePullPolicy: {{ $workload.image.pullPolicy }}
          {{- with $workload.command }}
          command:
            {{- toYaml . | nindent 12 }}
          {{- end }}
          {{- include "todo-app.containerSettings" $root | nindent 10 }}
          ports:
            - name: http
              containerPort: {{ $workload.port }}
              protocol: TCP
          envFrom:
            - configMapRef:
                name: {{ include "todo-app.configMapName" $root | quote }}
          env:
            {{- include "todo-app.env" (dict "root" $root "values" $workload "secretName" (include "todo-app.secretName" $root)) | nindent 12 }}
          resources:
            {{- toYaml $workload.resources | nindent 12 }}
          startupProbe:
            {{- include "todo-app.probe" (dict "probe" $workload.probes.startup "port" $workload.port) | nindent 12 }}
          livenessProbe:
            {{- include "todo-app.probe" (dict "probe" $workload.probes.liveness "port" $workload.port) | nindent 12 }}
          readinessProbe:
            {{- include "todo-app.probe" (dict "probe" $workload.probes.readiness "port" $workload.port) | nindent 12 }}
          {{- /* Requests still arrive until every node has heard that the pod is going. */}}
          {{- with $workload.preStopSeconds }}
          lifecycle:
            preStop:
              sleep:
                seconds: {{ . }}
          {{- end }}
          {{- with $workload.writablePaths }}
          {{- include "todo-app.volumeMounts" . | nindent 10 }}
      {{- include "todo-app.volumes" . | nindent 6 }}
          {{- end }}
{{- end }}

{{/*
Annotations of a workload's pods. Where the chart makes ConfigMap or Secret, their content's hash is
among them, so that a change rolls the pods that read it.
*/}}
{{- define "todo-app.workloadAnnotations" -}}
{{- $annotations := deepCopy .root.Values.podAnnotations -}}
{{- if not .root.Values.configMap.existingConfigMap -}}
{{- $_ := set $annotations "checksum/config" (include "todo-app.configData" .root | sha256sum) -}}
{{- end -}}
{{- if and .workload.secretEnv (not .root.Values.secret.existingSecret) -}}
{{- $_ := set $annotations "checksum/secret" (include "todo-app.secretValues" .root | sha256sum) -}}
{{- end -}}
{{- toYaml $annotations }}
{{- end }}

{{/* One probe: (dict "probe" values "port" number). */}}
{{- define "todo-app.probe" -}}
httpGet:
  path: {{ .probe.path | quote }}
  port: {{ .port }}
{{- range tuple "initialDelaySeconds" "periodSeconds" "timeoutSeconds" "failureThreshold" "successThreshold" }}
{{ . }}: {{ index $.probe . }}
{{- end }}
{{- end }}

{{- define "todo-app.service" -}}
{{- $workload := .workload -}}
{{- $service := $workload.service -}}
apiVersion: v1
kind: Service
metadata:
  {{- include "todo-app.workloadMetadata" (dict "root" .root "workload" $workload
        "name" (include "todo-app.serviceName" $workload) "annotations" $service.annotations) | nindent 2 }}
spec:
  type: {{ $service.type }}
  selector:
    {{- include "todo-app.workloadSelector" . | nindent 4 }}
  ports:
    - name: http
      port: {{ $service.port }}
      targetPort: {{ $workload.port }}
      protocol: TCP
      {{- if and $service.nodePort (ne $service.type "ClusterIP") }}
      nodePort: {{ $service.nodePort }}
      {{- end }}
{{- end }}
