{{/*
What all pods of the chart share: workloads, the migration and the tests.
*/}}

{{/* Reference of an image. A digest says exactly which one, so a tag next to it would only mislead. */}}
{{- define "todo-app.image" -}}
{{- if .digest -}}
{{ .repository }}@{{ .digest }}
{{- else -}}
{{ .repository }}:{{ .tag }}
{{- end }}
{{- end }}

{{/*
Settings of a pod: (dict "root" $ "ids" user and groups, where they aren't those of securityContext). The 'restricted' Pod Security standard is written here and in the next helper, not
in the values: who could turn it off would have to turn it off for the namespace as well.
No pod talks to the API server, so none gets a token. Service links would add variables such as
TODO_BACKEND_PORT that are easily taken for settings. (int64: a template prints large numbers as 1e+09.)
*/}}
{{- define "todo-app.podSettings" -}}
{{- $ids := default .root.Values.securityContext .ids -}}
automountServiceAccountToken: false
enableServiceLinks: false
{{- with .root.Values.imagePullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
securityContext:
  runAsNonRoot: true
  runAsUser: {{ int64 $ids.runAsUser }}
  runAsGroup: {{ int64 $ids.runAsGroup }}
  fsGroup: {{ int64 $ids.fsGroup }}
  seccompProfile:
    type: RuntimeDefault
{{- end }}

{{/*
Settings of a container. FallbackToLogsOnError makes the last lines of a crash the pod's own reason,
which is what a failed rollout or migration then shows.
*/}}
{{- define "todo-app.containerSettings" -}}
terminationMessagePolicy: FallbackToLogsOnError
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities:
    drop: [ALL]
{{- end }}

{{/*
Variables of a container: (dict "root" $ "values" those of the workload or Job "secretName" n). The plain
ones come sorted by name. A server listens where its values say, and reports the version that its labels say.
*/}}
{{- define "todo-app.env" -}}
{{- $secret := .root.Values.secret -}}
{{- $secretName := .secretName -}}
- name: VERSION
  value: {{ include "todo-app.version" .root | quote }}
{{- with .values.port }}
- name: PORT
  value: {{ . | quote }}
{{- end }}
{{- range .values.secretEnv }}
- name: {{ . | quote }}
  valueFrom:
    secretKeyRef:
      name: {{ $secretName | quote }}
      key: {{ index $secret.keys . | quote }}
      {{- if has . $secret.optional }}
      optional: true
      {{- end }}
{{- end }}
{{- range $name, $value := .values.env }}
- name: {{ $name | quote }}
  value: {{ $value | quote }}
{{- end }}
{{- end }}

{{/* Mounts of the writable directories: a list of {name, path, sizeLimit}. */}}
{{- define "todo-app.volumeMounts" -}}
{{- with . -}}
volumeMounts:
  {{- range . }}
  - name: {{ .name | quote }}
    mountPath: {{ .path | quote }}
  {{- end }}
{{- end }}
{{- end }}

{{/* Their volumes. */}}
{{- define "todo-app.volumes" -}}
{{- with . -}}
volumes:
  {{- range . }}
  - name: {{ .name | quote }}
    emptyDir:
      sizeLimit: {{ .sizeLimit }}
  {{- end }}
{{- end }}
{{- end }}
