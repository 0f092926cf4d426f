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
{{- range $name, $key := .Values.secret.keys }}
{{- range $other, $same := $.Values.secret.keys }}
{{- if and (eq $key $same) (lt $other $name) }}
{{- $problems = append $problems (printf "secret.keys.%s is %q, which secret.keys.%s is too: give each variable its own key" $name $key $other) }}
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
{{- else if and (has $name (tuple "BETTER_AUTH_SECRET" "JWT_SECRET")) (lt (len (trim $value)) 32) }}
{{- $problems = append $problems (printf "secret.values.%s has %d characters (it isn't shown: it is a secret), and the backend takes no less than 32: make one by `openssl rand -hex 32`" $name (len $value)) }}
{{- else if eq $name "DATABASE_URL" }}
{{- with include "todo-app.databaseUrlProblem" $value }}
{{- $problems = append $problems (printf "secret.values.DATABASE_URL is %s (it isn't shown: it is a secret): expected postgresql://user:password@host[:port]/database[?sslmode=require]" .) }}
{{- end }}
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

{{/*
What is wrong with a PostgreSQL URL; nothing where the backend and its client take it. The client takes a
single % as it is, but then takes escapes with letters as they are too, and never connects.
*/}}
{{- define "todo-app.databaseUrlProblem" -}}
{{- $isUrl := regexMatch `^postgres(ql)?://([^/?#\s]*@)?(\[[0-9a-fA-F:.]+\]|[^/?#@:\s\[\]]*)(:[0-9]+)?(/[^?#\s]*)?([?#]\S*)?$` . -}}
{{- $host := regexReplaceAll `^[a-z]+://([^/?#]*@)?(\[[^\]]*\]|[^/?#:]*).*$` . "${2}" -}}
{{- $port := regexReplaceAll `^[a-z]+://([^/?#]*@)?(\[[^\]]*\]|[^/?#:]*)(:([0-9]+))?.*$` . "${4}" | default "5432" -}}
{{- $parameters := regexFind `\?[^#]*` . | replace "?" "&" -}}
{{- $host = regexFind `&host=[^&]+` $parameters | trimPrefix "&host=" | default $host -}}
{{- $port = regexFind `&port=[^&]+` $parameters | trimPrefix "&port=" | default $port -}}
{{- $hasSingle := regexMatch `(?i)%([^a-f0-9]|[a-f0-9][^a-f0-9])` . -}}
{{- $decoded := ternary `(?i)^([^%]|%[0-7][0-9]|%[^a-f0-9]|%[a-f0-9][^a-f0-9]|%[a-f0-9]?$)*$` `(?i)^([^%]|%[0-7][0-9a-f]|%[cd][0-9a-f]%[89ab][0-9a-f]|%e[0-9a-f](%[89ab][0-9a-f]){2}|%f[0-7](%[89ab][0-9a-f]){3})*$` $hasSingle -}}
{{- if not $isUrl -}}
no PostgreSQL URL
{{- else if or (eq $host "") (contains "%" $host) -}}
a PostgreSQL URL without a host
{{- else if not (and (regexMatch `^[0-9]{1,5}$` $port) (ge (int $port) 1) (le (int $port) 65535)) -}}
a PostgreSQL URL with a port that isn't one
{{- else if not (regexMatch `^[a-z]+://[^/?#]*/[^?#]` .) -}}
a PostgreSQL URL without a database
{{- else if not (regexMatch $decoded .) -}}
a PostgreSQL URL with a % that begins no escape: write %25 for a % in the password
{{- end -}}
{{- end }}
