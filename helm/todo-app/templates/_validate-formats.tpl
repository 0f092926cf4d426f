{{/*
How single values have to be written, and in which keys. In a key `a|b` stands for both, `*` for all that is
in a list or map, `@` for the names in a map; one in `orEmpty` may also be empty, which means its default.
*/}}
{{- define "todo-app.formats" -}}
name:
  pattern: ^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$
  wants: a name of small letters, digits and '-', a letter first, at most 63
  keys:
    - backend|frontend.name|component
    - backend|frontend|migration|postgres.writablePaths.*.name
  orEmpty:
    - nameOverride|fullnameOverride
    - backend|frontend.service|serviceAccount.name
statefulSetName:
  pattern: ^[a-z]([-a-z0-9]{0,50}[a-z0-9])?$
  wants: a name of small letters, digits and '-', a letter first, at most 52
  keys: [postgres.name]
namespaceName:
  pattern: ^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$
  wants: a name of small letters, digits and '-', a letter or digit at both ends, at most 63
  orEmpty: [namespace.name]
objectName:
  pattern: ^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$
  wants: a name of small letters, digits, '-' and '.', a letter or digit at both ends of each part
  keys: [configMap|secret.name, imagePullSecrets.*.name, ingress.className, ingress.tls.secretName]
  orEmpty: [configMap.existingConfigMap, secret|postgres.existingSecret, postgres.storageClass]
labelKey:
  pattern: ^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$
  wants: the key of a label or annotation, such as example.org/team
  keys:
    - labels|annotations|podAnnotations.@
    - spread.topologyKey
    - backend|frontend.selectorLabels.@
    - backend|frontend.service|serviceAccount.annotations.@
    - ingress.annotations.@
    - networkPolicy.ingressController|dns|monitoring.namespaceLabels.@
    - networkPolicy.dns.podLabels.@
    - networkPolicy.database.podSelector.@
    - monitoring.serviceMonitor|rules.labels.@
    - passingPods.labels|annotations.@
labelValue:
  pattern: ^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$
  wants: the value of a label, of letters, digits, '-', '_' and '.', at most 63, a letter or digit at both ends
  keys:
    - networkPolicy.ingressController|dns|monitoring.namespaceLabels.*
    - networkPolicy.dns.podLabels.*
    - networkPolicy.database.podSelector.*
    - monitoring.serviceMonitor|rules.labels.*
    - passingPods.labels.*
    - monitoring.rules.severities.down|other
  orEmpty: [version, labels.*, backend|frontend.selectorLabels.*]
envName:
  pattern: ^[A-Za-z_][A-Za-z0-9_]*$
  wants: the name of an environment variable, of letters, digits and '_', no digit first
  keys:
    - configMap.data.@
    - secret.values|keys.@
    - secret.generate|optional.*
    - backend|frontend|migration.env.@
    - backend|frontend|migration.secretEnv.*
secretKey:
  pattern: ^\.?[-_a-zA-Z0-9][-._a-zA-Z0-9]{0,251}$
  wants: the key of a Secret, of letters, digits, '-', '_' and '.', but not '.', and not '..' first
  keys: [secret.keys.*, postgres.passwordKey]
logLevel:
  pattern: ^(trace|debug|info|warn|error|fatal|silent)$
  wants: trace, debug, info, warn, error, fatal or silent
  orEmpty: [configMap.data.LOG_LEVEL, backend|frontend|migration.env.LOG_LEVEL]
nodeEnv:
  pattern: ^(production|development|test)$
  wants: production, development or test
  orEmpty: [configMap.data.NODE_ENV, backend|frontend|migration.env.NODE_ENV]
cpu:
  pattern: ^([1-9][0-9]*m|[1-9][0-9]*(\.[0-9]{1,3})?|0\.0{0,2}[1-9][0-9]{0,2})$
  wants: processor time above 0, such as 250m, 0.5 or 2
  keys: [backend|frontend|migration|postgres|tests.resources.requests|limits.cpu]
memory:
  pattern: ^[1-9][0-9]*(\.[0-9]+)?([KMGT]i|[kMGT])?$
  wants: an amount of memory or disk above 0, such as 512Mi or 1Gi
  keys:
    - backend|frontend|migration|postgres|tests.resources.requests|limits.memory|ephemeral-storage
    - backend|frontend|migration|postgres.writablePaths.*.sizeLimit
    - postgres.storage
podsOrPercent:
  pattern: ^([0-9]+|(100|[1-9]?[0-9])%)$
  wants: a number of pods, or a percentage such as 25%
  keys: [rollout.maxSurge|maxUnavailable, backend|frontend.podDisruptionBudget.maxUnavailable]
duration:
  pattern: ^[1-9][0-9]*(ms|s|m|h|d)$
  wants: a time above 0, such as 30s, 5m or 1h
  keys:
    - monitoring.serviceMonitor.interval|scrapeTimeout
    - monitoring.rules.downFor|degradedFor|restartWindow
path:
  pattern: ^/[^\s?#]*$
  wants: 'a path that starts with /, without spaces, ? and #'
  keys:
    - ingress.path
    - monitoring.serviceMonitor.path
    - tests.tasksPath|signUpPath|deleteUserPath
probePath:
  pattern: ^/[^\s#]*$
  wants: 'a path that starts with /, without spaces and #'
  keys: [backend|frontend.probes.startup|liveness|readiness.path]
directory:
  pattern: ^(/[^/\s:]+)+$
  wants: a directory, such as /tmp, but not the root
  keys: [backend|frontend|migration|postgres.writablePaths.*.path, postgres.dataPath]
cidr:
  pattern: ^((25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(\.(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){3}/(3[0-2]|[12]?\d)|(([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}(:[0-9a-fA-F]{1,4}){0,6})?::([0-9a-fA-F]{1,4}(:[0-9a-fA-F]{1,4}){0,6})?)/(12[0-8]|1[01]\d|[1-9]?\d))$
  wants: a network with the length of its prefix, such as 10.244.0.0/16 or 2001:db8::/32
  keys:
    - networkPolicy.ingressCidrs|ingressExceptCidrs.*
    - networkPolicy.database|backendEgress.cidrs|exceptCidrs.*
host:
  pattern: ^(\*\.)?[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?(\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)*$
  wants: a host name in small letters, such as todo.example.org; *. in front stands for any one label
  keys: [ingress.host]
repository:
  pattern: ^([a-z0-9]([-a-z0-9.]*[a-z0-9])?(:[0-9]+)?/)?[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*$
  wants: the name of an image in small letters, such as registry.example.org/todo, without a tag, which has a key of its own
  keys: [backend|frontend.image.repository]
tag:
  pattern: ^[A-Za-z0-9_][-A-Za-z0-9_.]{0,127}$
  wants: the tag of an image, of letters, digits, '-', '_' and '.'
  orEmpty: [backend|frontend.image.tag]
digest:
  pattern: ^sha256:[0-9a-f]{64}$
  wants: 'sha256: and 64 hexadecimal digits'
  orEmpty: [backend|frontend.image.digest]
imageReference:
  pattern: ^([a-z0-9]([-a-z0-9.]*[a-z0-9])?(:[0-9]+)?/)?[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*(:[A-Za-z0-9_][-A-Za-z0-9_.]{0,127}(@sha256:[0-9a-f]{64})?|@sha256:[0-9a-f]{64})$
  wants: an image with its tag or digest, such as postgres:18.4
  keys: [postgres.image]
postgresName:
  pattern: ^[a-z][-_a-z0-9]{0,62}$
  not: ^(pg_|template[01]$)
  wants: a name of small letters, digits, '-' and '_', a letter first, at most 63, not pg_… or template…
  keys: [postgres.database|user]
{{- end }}

{{/* Lists and maps that mustn't be empty, and what would come of it. */}}
{{- define "todo-app.needed" -}}
networkPolicy.ingressCidrs: a rule without a network would open the path to everyone
networkPolicy.backendEgress.cidrs: a rule without a network would open the path to everyone
networkPolicy.ingressController.namespaceLabels: an empty selector would find every namespace
networkPolicy.monitoring.namespaceLabels: an empty selector would find every namespace
networkPolicy.dns.namespaceLabels: an empty selector would find every namespace
networkPolicy.dns.podLabels: an empty selector would find every pod
migration.command: without a command the image would start a server, which never ends
postgres.probes.readiness.command: a probe has to run something
{{- end }}

{{/* Values that aren't written as they have to be. */}}
{{- define "todo-app.formatProblems" -}}
{{- $problems := list }}
{{- range $format := include "todo-app.formats" . | fromYaml }}
{{- range $where := concat ($format.keys | default list) ($format.orEmpty | default list) }}
{{- range include "todo-app.valuesAt" (dict "values" $.Values "where" $where) | fromYamlArray }}
{{- $text := toString .value }}
{{- $mayBeEmpty := has $where ($format.orEmpty | default list) }}
{{- $isRight := and (regexMatch $format.pattern $text) (not (and $format.not (regexMatch $format.not $text))) }}
{{- if not (or $isRight (and $mayBeEmpty (eq $text ""))) }}
{{- $problems = append $problems (printf "%s %q: expected %s" .key $text $format.wants) }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}
{{- range $where, $reason := include "todo-app.needed" . | fromYaml }}
{{- range include "todo-app.valuesAt" (dict "values" $.Values "where" $where) | fromYamlArray }}
{{- if not .value }}
{{- $problems = append $problems (printf "%s empty: %s" .key $reason) }}
{{- end }}
{{- end }}
{{- end }}
{{- toYaml ($problems | uniq) }}
{{- end }}

{{/*
All values at a key as the table above writes it: (dict "values" .Values "where" key). Each as {key, value};
the key comes with the verb of the sentence that follows.
*/}}
{{- define "todo-app.valuesAt" -}}
{{- $found := list (dict "key" "" "value" .values) }}
{{- $verb := "is" }}
{{- range $step := splitList "." .where }}
{{- $next := list }}
{{- range $at := $found }}
{{- if eq $step "@" }}
{{- $verb = "has the key" }}
{{- range $name := keys $at.value | sortAlpha }}
{{- $next = append $next (dict "key" $at.key "value" $name) }}
{{- end }}
{{- else if eq $step "*" }}
{{- range $name, $value := $at.value }}
{{- $next = append $next (dict "key" (printf "%s.%v" $at.key $name) "value" $value) }}
{{- end }}
{{- else }}
{{- range $name := splitList "|" $step }}
{{- $next = append $next (dict "key" (printf "%s.%s" $at.key $name | trimPrefix ".") "value" (get $at.value $name)) }}
{{- end }}
{{- end }}
{{- end }}
{{- $found = $next }}
{{- end }}
{{- $list := list }}
{{- range $found }}
{{- $list = append $list (dict "key" (printf "%s %s" .key $verb) "value" .value) }}
{{- end }}
{{- toYaml $list }}
{{- end }}
