{{/*
What the applications accept in their variables: they refuse to start with anything else. Empty means the
default. A number is a range; `urls` is a list with commas between them.
*/}}
{{- define "todo-app.variables" -}}
backend:
  BETTER_AUTH_URL: urls
  FRONTEND_URL: urls
  MIGRATE_WAIT_SECONDS: [1, 3600]
  DRAIN_SECONDS: [0, 300]
  CLOSE_SECONDS: [1, 300]
  DATABASE_POOL_SIZE: [1, 100]
  TRUSTED_PROXIES: [0, 10]
  RATE_LIMIT_PER_ADDRESS: [0, 1000000]
  RATE_LIMIT_PER_USER: [0, 1000000]
  RATE_LIMIT_PASSWORDS: [0, 1000000]
  RATE_LIMIT_SIGN_INS: [0, 1000000]
  RATE_LIMIT_MESSAGES: [0, 1000000]
  COHERE_API_URL: url
  COHERE_TIMEOUT_MS: [100, 60000]
frontend:
  BACKEND_URL: url
  BACKEND_TIMEOUT_MS: [100, 300000]
  DRAIN_SECONDS: [0, 300]
  CLOSE_SECONDS: [1, 300]
{{- end }}

{{/* Variables that an application refuses: the ConfigMap's for both, and each one's own. */}}
{{- define "todo-app.variableProblems" -}}
{{- $problems := list }}
{{- $variables := include "todo-app.variables" . | fromYaml }}
{{- range $place := list
      (dict "key" "configMap.data" "given" .Values.configMap.data "of" (list "backend" "frontend"))
      (dict "key" "backend.env" "given" .Values.backend.env "of" (list "backend"))
      (dict "key" "frontend.env" "given" .Values.frontend.env "of" (list "frontend"))
      (dict "key" "migration.env" "given" .Values.migration.env "of" (list "backend")) }}
{{- range $name := keys $place.given | sortAlpha }}
{{- range $application := $place.of }}
{{- $rule := get (get $variables $application) $name }}
{{- $value := get $place.given $name | toString | trim }}
{{- if and $rule $value }}
{{- with include "todo-app.variableProblem" (dict "rule" $rule "value" $value) }}
{{- $problems = append $problems (printf "%s.%s is %q: expected %s" $place.key $name $value .) }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}
{{- toYaml ($problems | uniq) }}
{{- end }}

{{/* What an application expects instead of a value: (dict "rule" … "value" …); nothing where it accepts it. */}}
{{- define "todo-app.variableProblem" -}}
{{- $value := .value -}}
{{- if kindIs "slice" .rule -}}
{{- $least := index .rule 0 | int -}}
{{- $most := index .rule 1 | int -}}
{{- $number := regexReplaceAll "^0+([0-9])" $value "${1}" | int -}}
{{- if not (and (regexMatch "^[0-9]{1,9}$" $value) (ge $number $least) (le $number $most)) -}}
a whole number from {{ $least }} to {{ $most }}
{{- end -}}
{{- else -}}
{{- $url := `(?i)https?://[^\s/?#]+\S*` -}}
{{- if and (eq .rule "url") (not (regexMatch (printf "^%s$" $url) $value)) -}}
a URL that starts with http:// or https://
{{- end -}}
{{- if eq .rule "urls" -}}
{{- range splitList "," $value -}}
{{- if not (regexMatch (printf "^(%s)?$" $url) (trim .)) -}}
URLs that start with http:// or https://, with commas between them
{{- break -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end }}
