{{/* Each variable comes from one place, and each secret one has a key. */}}
{{- define "todo-app.envProblems" -}}
{{- $problems := list }}
{{- range $side := tuple "backend" "frontend" "migration" }}
{{- $values := get $.Values $side }}
{{- $own := tuple "PORT" "VERSION" }}
{{- range $name := $values.secretEnv }}
{{- if not (hasKey $.Values.secret.keys $name) }}
{{- $problems = append $problems (printf "%s.secretEnv names %s, which secret.keys doesn't have: add secret.keys.%s, with the key of the Secret" $side $name $name) }}
{{- end }}
{{- end }}
{{- range $name := keys $values.env | sortAlpha }}
{{- if has $name $own }}
{{- $problems = append $problems (printf "%s.env.%s: the chart sets this variable itself, from `port` or `version`" $side $name) }}
{{- else if has $name $values.secretEnv }}
{{- $problems = append $problems (printf "%s.env.%s: the variable is in %s.secretEnv too: leave one of them out" $side $name $side) }}
{{- end }}
{{- end }}
{{- end }}
{{- range $name := .Values.secret.optional }}
{{- if not (hasKey $.Values.secret.keys $name) }}
{{- $problems = append $problems (printf "secret.optional names %s, which secret.keys doesn't have" $name) }}
{{- end }}
{{- end }}
{{- toYaml $problems }}
{{- end }}

{{/* A Secret of the chart's own holds what its pods need; an existing one isn't told what it should hold. */}}
{{- define "todo-app.secretProblems" -}}
{{- $problems := list }}
{{- $secret := .Values.secret }}
{{- $given := concat (keys $secret.values) $secret.generate }}
{{- range $name := $given | uniq | sortAlpha }}
{{- if not (hasKey $secret.keys $name) }}
{{- $problems = append $problems (printf "secret.values or secret.generate has %s, which secret.keys doesn't have: add secret.keys.%s, with the key of the Secret" $name $name) }}
{{- end }}
{{- end }}
{{- range $name := $secret.generate }}
{{- if hasKey $secret.values $name }}
{{- $problems = append $problems (printf "secret.generate names %s, which secret.values has already: leave one of them out" $name) }}
{{- end }}
{{- end }}
{{- range $name := keys $secret.values | sortAlpha }}
{{- $value := get $secret.values $name }}
{{- if not $value }}
{{- $problems = append $problems (printf "secret.values.%s is empty: leave it out, or give it a value" $name) }}
{{- else if and (has $name (tuple "BETTER_AUTH_SECRET" "JWT_SECRET")) (lt (len $value) 32) }}
{{- $problems = append $problems (printf "secret.values.%s has %d characters (it isn't shown: it is a secret), and the backend takes no less than 32: make one by `openssl rand -hex 32`" $name (len $value)) }}
{{- else if and (eq $name "DATABASE_URL") (not (regexMatch `^postgres(ql)?://[^/?#\s]\S*$` $value)) }}
{{- $problems = append $problems "secret.values.DATABASE_URL is no PostgreSQL URL (it isn't shown: it is a secret): expected postgresql://user:password@host[:port]/database[?sslmode=require]" }}
{{- end }}
{{- end }}
{{- if $secret.existingSecret }}
{{- if $given }}
{{- $problems = append $problems (printf "secret.existingSecret is %q, so that secret.values and secret.generate would go nowhere: empty them, or existingSecret" $secret.existingSecret) }}
{{- end }}
{{- else }}
{{- $there := ternary (append $given "DATABASE_URL") $given (and .Values.postgres.enabled (not .Values.postgres.existingSecret)) }}
{{- range $name := concat .Values.backend.secretEnv .Values.frontend.secretEnv .Values.migration.secretEnv | uniq | sortAlpha }}
{{- if not (or (has $name $there) (has $name $secret.optional)) }}
{{- $problems = append $problems (printf "the Secret lacks %s: name an existing Secret in secret.existingSecret, or set secret.values.%s" $name $name) }}
{{- end }}
{{- end }}
{{- end }}
{{- toYaml $problems }}
{{- end }}
