{{/*
Pod of one Helm test: (dict "root" $ "test" name of a script in files/tests). It runs in the backend's
image, which is in the cluster anyway and has a fetch. A passed one goes; a failed one stays to be read.
*/}}
{{- define "todo-app.testPod" -}}
{{- $values := .root.Values -}}
apiVersion: v1
kind: Pod
metadata:
  {{- include "todo-app.testMetadata" . | nindent 2 }}
spec:
  restartPolicy: Never
  activeDeadlineSeconds: {{ $values.tests.activeDeadlineSeconds }}
  {{- include "todo-app.podSettings" (dict "root" .root) | nindent 2 }}
  containers:
    - name: {{ .test }}
      image: {{ include "todo-app.image" $values.backend.image | quote }}
      imagePullPolicy: {{ $values.backend.image.pullPolicy }}
      command:
        - node
        - --input-type=module
        - --eval
        - |-
          {{- .root.Files.Get "files/tests/lib.mjs" | trim | nindent 10 }}
          {{- .root.Files.Get (printf "files/tests/%s.mjs" .test) | trim | nindent 10 }}
      {{- include "todo-app.containerSettings" .root | nindent 6 }}
      env:
        {{- range $name, $workload := dict "BACKEND_URL" $values.backend "FRONTEND_URL" $values.frontend }}
        - name: {{ $name }}
          value: {{ include "todo-app.serviceUrl" $workload | quote }}
        {{- end }}
        - name: BACKEND_READY_PATH
          value: {{ $values.backend.probes.readiness.path | quote }}
        - name: FRONTEND_READY_PATH
          value: {{ $values.frontend.probes.readiness.path | quote }}
        - name: TASKS_PATH
          value: {{ $values.tests.tasksPath | quote }}
        - name: SIGN_UP_PATH
          value: {{ $values.tests.signUpPath | quote }}
        - name: DELETE_USER_PATH
          value: {{ $values.tests.deleteUserPath | quote }}
        - name: TIMEOUT_SECONDS
          value: {{ $values.tests.timeoutSeconds | quote }}
      resources:
        {{- toYaml $values.tests.resources | nindent 8 }}
{{- end }}

{{/* Its metadata. An object and a pod at once: it carries the annotations of both. */}}
{{- define "todo-app.testMetadata" -}}
{{- $hook := dict
      "helm.sh/hook" "test"
      "helm.sh/hook-delete-policy" "before-hook-creation,hook-succeeded"
      "helm.sh/hook-output-log-policy" "hook-succeeded,hook-failed" -}}
{{- include "todo-app.metadata" (dict "root" .root "component" "test"
    "name" (include "todo-app.suffixedName" (dict "root" .root "suffix" (printf "test-%s" .test)))
    "labels" .root.Values.passingPods.labels
    "annotations" (mergeOverwrite (deepCopy .root.Values.passingPods.annotations) .root.Values.podAnnotations $hook)) }}
{{- end }}
